import { parseSync } from "oxc-parser";
import { isShort } from "../reader/isShort.ts";

export interface TimedStatement {
  /** Where it ends in the source: a statement may go on in the lines below its magic. */
  end: number;
  /** The place of the expression, where it is nothing else. */
  expression: { start: number; end: number } | undefined;
  /** Something in it is awaited. */
  awaits: boolean;
  /** It is no statement, or not yet: nothing may be put behind it. */
  isUnfinished: boolean;
}

const mostLines = 200;

/** The compiler says what is wrong with it. */
const unreadable = { expression: undefined, awaits: true, isUnfinished: true };

/** Finds the statement that begins at an offset and goes on at least to the end of its line. */
export function timedStatement(source: string, start: number): TimedStatement {
  let line = endOfLine(source, start);
  const first = line;
  for (let lines = 0; lines < mostLines; lines++) {
    const found = read(source, start, line);
    if (found) return found;
    if (line >= source.length) break;
    line = endOfLine(source, line + 1);
  }
  return { ...unreadable, end: first };
}

/** The statements of a whole text, as those of one line. */
export function timedBlock(source: string, start: number): TimedStatement {
  const { length } = source;
  return read(source, start, length) ?? { ...unreadable, end: length };
}

function read(source: string, start: number, end: number): TimedStatement | undefined {
  const text = source.slice(start, end);
  if (!isShort(text)) return undefined;
  const { errors, program } = parseSync("timed.ts", text, { sourceType: "module", lang: "ts" });
  if (errors.length > 0) return undefined;
  const awaits = /\bawait\b/.test(text);
  const body = program.body;
  const [only] = body;
  if (body.length !== 1 || only?.type !== "ExpressionStatement") {
    const last = body.at(-1)?.end ?? text.length;
    return { end: start + last, expression: undefined, awaits, isUnfinished: false };
  }
  const { expression } = only;
  return {
    end: start + only.end,
    expression: { start: start + expression.start, end: start + expression.end },
    awaits,
    isUnfinished: false,
  };
}

function endOfLine(source: string, from: number): number {
  const at = source.indexOf("\n", from);
  return at < 0 ? source.length : at;
}
