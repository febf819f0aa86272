import type { OxcError } from "oxc-parser";
import { parseCell } from "./parseCell.ts";

export interface Completeness {
  status: "complete" | "incomplete" | "invalid" | "unknown";
  /** What the next line should start with. */
  indent?: string;
}

/** Whether Enter should run the cell or add a line: decided by the parser, at its first error. */
export function isComplete(code: string): Completeness {
  const { errors, result } = parseCell(code);
  if (errors.length === 0) {
    const last = result.program.body.at(-1);
    const lacksBody = last?.type === "TSDeclareFunction" && !last.declare && !/;\s*$/.test(code);
    return lacksBody ? { status: "incomplete", indent: lineIndent(code) } : { status: "complete" };
  }
  // The parser takes `from` for the name of a default import; what is missing stands before it, not after.
  if (/\bimport\s+from\s*$/.test(code)) return { status: "invalid" };
  return endsTooEarly(errors[0]!, code)
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
}

function endsTooEarly({ message, labels }: OxcError, code: string): boolean {
  const at = labels[0];
  if (!at) return false;
  if (message === "Unterminated multiline comment") return true;
  if (message === "Unterminated string") return code[at.start] === "`" || code[at.start] === "}";
  return at.start >= code.trimEnd().length && !/^Unterminated regular/.test(message);
}

function lineIndent(code: string): string {
  const trimmed = code.trimEnd();
  return /^[ \t]*/.exec(trimmed.slice(trimmed.lastIndexOf("\n") + 1))?.[0] ?? "";
}

function nextIndent(code: string): string {
  const lastLine = code.trimEnd().split("\n").at(-1)!;
  const opens = /(?:[{([]|=>)\s*(?:\/\/.*)?$/.test(lastLine);
  return lineIndent(code) + (opens ? unit(code) : "");
}

/** The cell's own step of indentation, two spaces where it has none yet. */
function unit(code: string): string {
  const steps = [...code.matchAll(/^([ \t]+)\S/gm)].map((match) => match[1]!);
  return steps.sort((a, b) => a.length - b.length)[0] ?? "  ";
}
