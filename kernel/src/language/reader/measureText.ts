/** What a text costs to read, whatever it means. */
export interface TextMeasures {
  /** Tokens of the longest statement: nothing nests more deeply. */
  statement: number;
  statements: number;
  tokens: number;
  /** How many parentheses and signs `<` are open at most: where such nest, parsers try one reading, then the other, for each. */
  ambiguity: number;
  /** It holds what takes long by the thousand. */
  isCostly: boolean;
}

/**
 * Measures a text by its tokens. Where it depends on the grammar whether a regular expression or JSX begins (both may
 * hide a quote, and a quote hides brackets), and wherever else there is doubt, nothing is known of it: a measure that is
 * too small could cost the process that reads the text.
 */
export function measureText(code: string): TextMeasures | undefined {
  const levels: Level[] = [{ closing: "", isHead: false, angles: 0 }];
  const measures = { statement: 0, statements: 0, tokens: 0, ambiguity: 0, isCostly: false };
  let before: Before = "end";
  let previous = "";
  let count = 0;
  let open = 0;
  for (let at = 0; at < code.length; ) {
    token.lastIndex = at;
    const [text, newLine, word, quoted] = token.exec(code) as unknown as [string, string?, string?, string?];
    if (newLine !== undefined && before === "value") before = "unsure";
    at += text.length;
    if (newLine !== undefined || /^\s/.test(text)) continue;
    if (before === "end" ? !continuing.has(text) : before === "block" && beginning.has(text)) {
      count = 0;
      measures.statements += 1;
    }
    measures.tokens += 1;
    measures.statement = Math.max(measures.statement, ++count);
    measures.isCostly ||= costly.has(text);
    const level = levels.at(-1) as Level;
    const wasValue: boolean = before === "value";
    if (word !== undefined) before = afterWord(word, previous);
    else if (quoted !== undefined) before = "value";
    else if (text === "`" || (text === "}" && level.closing === "`")) {
      const end = endOf(templatePart, code, at);
      if (end === undefined) return undefined;
      const goesOn = code[end - 1] === "{";
      if (text === "`" && goesOn) levels.push({ closing: "`", isHead: false, angles: 0 });
      if (text === "}" && !goesOn) {
        levels.pop();
        open -= level.angles;
      }
      at = end;
      before = goesOn ? "other" : "value";
    } else if (text in closings) {
      levels.push({
        closing: closings[text as keyof typeof closings],
        isHead: heads.has(previous),
        angles: 0,
      });
      if (text === "(") open += 1;
      before = "other";
    } else if (text === ")" || text === "]" || text === "}") {
      if (level.closing !== text) return undefined;
      levels.pop();
      open -= level.angles + (text === ")" ? 1 : 0);
      if (text === "}") before = levels.length === 1 ? "block" : "unsure";
      else before = level.isHead ? "unsure" : "value";
    } else if (text === "/" && code[at] === "*") {
      return undefined; // a comment that does not end: to look for its end at each `/*` would take the square of them
    } else if (text === "/" && !wasValue) {
      const end = before === "unsure" || before === "block" ? undefined : endOf(pattern, code, at);
      if (end === undefined) return undefined;
      at = end;
      before = "value";
    } else if (text === "<" || text === ">") {
      if (text === "<" && (!wasValue || code.startsWith("!--", at))) return undefined;
      const more = text === "<" ? 1 : level.angles > 0 ? -1 : 0;
      level.angles += more;
      open += more;
      before = text === "<" ? "other" : "unsure";
    } else if (text === ";") {
      open -= level.angles;
      level.angles = 0;
      before = levels.length === 1 ? "end" : "other";
    } else if (isDoubtful(text, code, at)) return undefined;
    else before = eitherBehind.has(text) || (text === "!" && wasValue) ? "unsure" : "other";
    measures.ambiguity = Math.max(measures.ambiguity, open);
    previous = text;
  }
  return measures;
}

interface Level {
  closing: string;
  /** A statement may begin behind it: `if (…)`. */
  isHead: boolean;
  /** Signs `<` in it that may be the brackets of types. */
  angles: number;
}

/**
 * What stands before a token: a value in the same line, the end of a block, or of a statement that is in no other,
 * anything behind which a value may begin and nothing goes on, or what may be either.
 */
type Before = "value" | "block" | "end" | "other" | "unsure";

function afterWord(word: string, previous: string): Before {
  if (previous === "." || previous === "?." || previous === "#") return "value"; // any word is a name there
  return operators.has(word) ? "other" : keywords.has(word) ? "unsure" : "value";
}

function endOf(sticky: RegExp, code: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(code) ? sticky.lastIndex : undefined;
}

/** What could begin a comment or a string here and does not there. */
function isDoubtful(sign: string, code: string, at: number): boolean {
  if (sign === "#") return code[at] === "!"; // `#!` in the first line is a comment
  return /["'\\]/.test(sign) || (/^-/.test(sign) && code[at] === ">");
}

/** White space, a line's end or a comment, a word, a string, a sign. */
const token =
  /[^\S\n\r\u2028\u2029]+|([\n\r\u2028\u2029]|\/\/.*|\/\*[\s\S]*?\*\/)|([\p{ID_Continue}$\u200C\u200D]+)|("(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*"|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*')|=>|\?\.|\+\+|--|[\s\S]/uy;

/** From behind "`" or `}` to the template's end or the next `${`. */
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

/** From behind the first `/` of a regular expression. */
const pattern =
  /(?:[^/\\[\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029]|\[(?:[^\]\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\])+\/[\p{ID_Continue}$]*/uy;

const closings = { "(": ")", "[": "]", "{": "}" };

/** Words before a parenthesis behind which a statement begins. */
const heads = new Set(["if", "while", "for", "with", "await"]);

/**
 * An export that repeats a name is an error, and to show n of them takes n² steps; decorators and accessors are compiled
 * by TypeScript, 2 ms each.
 */
const costly = new Set(["export", "accessor", "@"]);

/** Behind `;` these go on with the statement. */
const continuing = new Set(["else", "while"]);

/** Behind a block these begin a statement. */
const beginning = new Set(
  "async class const enum export for function if import interface let return switch throw try type var".split(
    " ",
  ),
);

/** Words behind which a value begins, so that `/` is no operator. */
const operators = new Set("case delete do else in instanceof new return throw typeof".split(" "));

/** Signs behind which a value may begin or end: `1.` is a number, `a++` a value. */
const eitherBehind = new Set([".", "?.", "#", "@", "++", "--"]);

/** Words behind which a value may begin. */
const keywords = new Set(
  (
    "abstract accessor as assert asserts async await break catch class const continue debugger declare default defer " +
    "enum export extends finally for from function get global if implements import infer interface is keyof let " +
    "module namespace of out override private protected public readonly require satisfies set static switch try type " +
    "unique using var void while with yield"
  ).split(" "),
);
