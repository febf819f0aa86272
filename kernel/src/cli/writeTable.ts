import { rowFormatOf, writeRows } from "../answers/fit/writeRows.ts";
import { shownPath } from "../files/shownPath.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { say } from "./terminal/quiet.ts";

/** Writes rows in the format of the file's name, and says so; to `-`, standard output, as CSV. */
export function writeTable(option: string, path: string, rows: Parameters<typeof writeRows>[0]): void {
  if (path === "-") {
    process.stdout.write(writeRows(rows, "csv"));
    return;
  }
  writeFileAtomically(path, writeRows(rows, rowFormatOf(option, path)));
  say(`${shownPath(path)}: written`);
}
