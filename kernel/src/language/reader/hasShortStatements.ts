/** What a row of statements may have at most. */
export interface RowBounds {
  /** Tokens of a statement. */
  each: number;
  statements: number;
  /** Tokens in all. */
  tokens: number;
}

/**
 * Whether a text is surely a row of statements within these bounds, so that nothing in it nests more deeply than one of
 * them can. Where it depends on the grammar whether a regular expression or JSX begins (both may hide a quote, and a
 * quote hides brackets), and wherever else there is doubt, the answer is no: a wrong yes could end the process that
 * reads the text. Nor may it hold what takes long by the thousand.
 */
export function hasShortStatements(code: string, { each, statements, tokens }: RowBounds): boolean {
  const open: string[] = [];
  let before: Before = "end";
  let count = 0;
  let begun = 0;
  let left = tokens;
  for (let at = 0; at < code.length; ) {
    token.lastIndex = at;
    const [text, newLine, word, quoted] = token.exec(code) as unknown as [string, string?, string?, string?];
    at += text.length;
    if (newLine !== undefined) {
      if (before === "value") before = "other";
      continue;
    }
    if (/^\s/.test(text)) continue;
    const begins = before === "end" ? !continuing.has(text) : before === "block" && beginning.has(text);
    if (begins) {
      count = 0;
      if (++begun > statements) return false;
    }
    if (++count > each || --left < 0 || costly.has(text)) return false;
    if (word !== undefined) before = notValues.has(word) ? "other" : "value";
    else if (quoted !== undefined) before = "value";
    else if (text === "`" || (text === "}" && open.at(-1) === "`")) {
      templatePart.lastIndex = at;
      const part = templatePart.exec(code)?.[0];
      if (part === undefined) return false;
      at += part.length;
      const goesOn = part.endsWith("{");
      if (text === "`" && goesOn) open.push("`");
      if (text === "}" && !goesOn) open.pop();
      before = goesOn ? "other" : "value";
    } else if (text in closing) {
      open.push(closing[text as keyof typeof closing]);
      before = "other";
    } else if (text === ")" || text === "]" || text === "}") {
      if (open.pop() !== text) return false;
      before = text === "]" ? "value" : text === "}" && open.length === 0 ? "block" : "other";
    } else if (isDoubtful(text, before, code, at)) return false;
    else before = text === ";" && open.length === 0 ? "end" : "other";
  }
  return true;
}

/** What stands before a token: a value in the same line, the end of a block or a statement that is in no other. */
type Before = "value" | "block" | "end" | "other";

function isDoubtful(mark: string, before: Before, code: string, at: number): boolean {
  if (mark === "/" || mark === "<")
    return before !== "value" || code[at] === "*" || code.startsWith("!--", at);
  if (mark === "#") return code[at] === "!"; // `#!` in the first line is a comment
  return /["'\\]/.test(mark) || (mark === "-" && code.startsWith("->", at));
}

/** White space, a line's end or a comment, a word, a string, a sign. */
const token =
  /[^\S\n\r\u2028\u2029]+|([\n\r\u2028\u2029]|\/\/.*|\/\*[\s\S]*?\*\/)|([\p{ID_Continue}$\u200C\u200D]+)|("(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*"|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*')|<<=?|<=|[\s\S]/uy;

/** From behind "`" or `}` to the template's end or the next `${`. */
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

const closing = { "(": ")", "[": "]", "{": "}" };

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

/** Words behind which a value may begin, so that `/` and `<` are no operators. */
const notValues = new Set(
  (
    "abstract accessor as assert asserts async await break case catch class const continue debugger declare default " +
    "defer delete do else enum export extends finally for from function get global if implements import in infer " +
    "instanceof interface is keyof let module namespace new of out override private protected public readonly require " +
    "return satisfies set static switch throw try type typeof unique using var void while with yield"
  ).split(" "),
);
