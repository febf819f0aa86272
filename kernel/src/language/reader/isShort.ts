import { measureText } from "./measureText.ts";

/**
 * A cell with at most so many tokens is read in the kernel's own process. Each level of nesting takes a token at least,
 * whatever the text means, so no string, comment or regular expression can hide one from this count. The native parser
 * aborts the process from about 1,000 levels on (`namespace N { export …`, four tokens a level), 5,000 for brackets; V8
 * refuses 1,000 levels of `x => x => …`, two tokens each. Bench: `npm run bench -- soak`, bench/soak/deep.js.
 */
const mostTokens = 1_000;

/**
 * `(` may begin the parameters of a function and `<` the arguments of a type. The native parser tries the one, then the
 * other, so what nests takes up to three times as long for each: 24 of `a<(a=` never end. People write five, rarely ten.
 */
const mostAmbiguity = 10;

/** The native parser adds up the texts of an enum: `A = "text", B = A + A, …` doubles with each of these. */
const mostSums = 8;

/** Beyond this nothing is counted: what is so long takes time to read, however flat it is. */
const longest = 50_000;

/** A row of statements, none of them longer than a short cell, is read here up to this: some 0.3 s, or 1 s where each is an error. */
const longestRow = { statements: 6_000, tokens: 50_000, characters: 250_000, line: 1_000 };

/**
 * The native parser shows with each error the line that it is in, and each token may be one: so many characters, or a
 * line of 50 kB with 1,000 errors would take 3 s. It knows no other line's end than this.
 */
const mostShown = 5_000_000;
const lineEnd = "\n";

const token = /[\p{ID_Continue}$]+|[^\s\p{ID_Continue}$]/gu;

/** Whether a text can neither nest too deeply nor take long to read; costs nothing for most cells. */
export function isShort(code: string): boolean {
  if (code !== last.code) last = { code, isShort: isShortWhole(code) };
  return last.isShort;
}

/** A cell is asked about once to check it and again to compile it. */
let last = { code: "", isShort: true };

function isShortWhole(code: string): boolean {
  if (code.length > longestRow.characters) return false;
  if (/\benum\b/.test(code) && has(mostSums + 1, /[+]|\$\{/g, code)) return false;
  const line = longestLine(code);
  const most = Math.min(mostTokens, mostShown / line);
  const isSmall =
    code.length <= Math.min(longest, most) || (code.length <= longest && !has(most + 1, token, code));
  // Most cells have so few that nothing needs to be known of how they nest.
  if (isSmall && !has(mostAmbiguity + 1, /[(<]/g, code)) return true;
  const measures = measureText(code);
  if (!measures || measures.ambiguity > mostAmbiguity) return false;
  if (isSmall) return true;
  return (
    line <= longestRow.line &&
    !measures.isCostly &&
    measures.statement <= mostTokens &&
    measures.statements <= longestRow.statements &&
    measures.tokens <= Math.min(longestRow.tokens, mostShown / line)
  );
}

/** Whether a pattern is found at least so many times. */
function has(count: number, pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  for (let found = 0; found < count; found++) if (!pattern.test(text)) return false;
  return true;
}

function longestLine(code: string): number {
  let most = 0;
  for (let start = 0; start <= code.length; ) {
    const found = code.indexOf(lineEnd, start);
    const end = found < 0 ? code.length : found;
    most = Math.max(most, end - start);
    start = end + 1;
  }
  return most;
}
