import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";
import type { TableRow } from "./rowCells.ts";

/**
 * What a row is read as, or why it cannot be: a table goes on behind a row that is refused.
 *
 * @param such columns that a row has, for the message about what is none
 */
export function readOrWhy<T>(
  row: TableRow,
  read: (row: TableRow) => T,
  such: string,
): T | { readonly why: string } {
  try {
    if (typeof row !== "object" || row === null) {
      throw refusal("a row", "must be an object of cells by column", describeGiven(row), `such as ${such}`);
    }
    return read(row);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { why: error.message };
  }
}
