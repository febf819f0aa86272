import { parseSync } from "oxc-parser";
import { isShort } from "../reader/isShort.ts";

const keywords = new Set(
  "async await class delete function import new null super this typeof undefined void yield".split(" "),
);

/** An expression over more lines is looked for no further. */
const longestRest = 5_000;

/**
 * Whether `!…` is for the shell. `!ready` is TypeScript where `ready` is a name that the session knows, and so is what
 * begins with no name at all, as `!0`; `!ls` is a command, and so is all that is no TypeScript, as `!ls -l *.ts`.
 *
 * @param line what stands behind the mark, to the end of the line
 * @param rest the same to the end of the cell
 */
export function isCommand(line: string, rest: string, isKnown: (name: string) => boolean): boolean {
  if (/^\s*(true|false)?\s*$/.test(line) || /^\s*[{]/.test(line)) return true; // both are programs, too
  if (!parses(`!${line}`) && !(rest.length <= longestRest && parses(`!${rest}`))) return true;
  return !isNamedInSession(line, isKnown);
}

/** Whether the first name in a line is no program's. */
export function isNamedInSession(line: string, isKnown: (name: string) => boolean): boolean {
  const [head] = /[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(line.replace(/"[^"]*"|'[^']*'/g, "")) ?? [];
  return head === undefined || keywords.has(head) || isKnown(head);
}

function parses(code: string): boolean {
  if (!isShort(code)) return false;
  return parseSync("line.ts", code, { sourceType: "module", lang: "ts" }).errors.length === 0;
}
