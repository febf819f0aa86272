import { hasShortStatements } from "./hasShortStatements.ts";

/**
 * A cell with at most so many tokens is read in the kernel's own process. Each level of nesting takes a token at least,
 * whatever the text means, so no string, comment or regular expression can hide one from this count. The native parser
 * aborts the process from about 1,000 levels on (`namespace N { export …`, four tokens a level), 5,000 for brackets; V8
 * refuses 1,000 levels of `x => x => …`, two tokens each. Bench: `npm run bench -- soak`, bench/soak/deep.js.
 */
const mostTokens = 1_000;

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
  if (code.length <= mostTokens) return true;
  if (code !== last.code) last = { code, isShort: isShortWhole(code) };
  return last.isShort;
}

/** A long cell is asked about once to check it and again to compile it. */
let last = { code: "", isShort: true };

function isShortWhole(code: string): boolean {
  const line = longestLine(code);
  if (code.length <= longest && hasTokensUpTo(Math.min(mostTokens, mostShown / line), code)) return true;
  if (code.length > longestRow.characters || line > longestRow.line) return false;
  return hasShortStatements(code, { ...longestRow, each: mostTokens });
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

function hasTokensUpTo(most: number, code: string): boolean {
  token.lastIndex = 0;
  for (let count = 0; count <= most; count++) {
    if (!token.test(code)) return true;
  }
  return false;
}
