import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** Cells of a row, by column. */
export type TableRow = Readonly<Record<string, string | number | undefined>>;

/** What stands in a cell that states nothing. */
const unstated = /^(?:0+|n\/?a|nan|none|null|unknown|[-–—?]+)$/i;

/** The text of a cell, trimmed; "" where it states nothing: empty, "n/a", "-" or 0. */
export function cellText(row: TableRow, column: string): string {
  const text = String(row[column] ?? "").trim();
  return unstated.test(text) ? "" : text;
}

/**
 * The whole number of a cell, or undefined where it states none. Thousands may be set apart by commas, and 64.0 is 64.
 *
 * @throws RangeError on anything else, so that nothing is assumed in place of what is stated
 */
export function cellCount(row: TableRow, column: string): number | undefined {
  const text = cellText(row, column);
  if (text === "") return undefined;
  const value = Number(/^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(",", "") : text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw refusal(
      column,
      "must be a whole number of 1 or more",
      quoted(text),
      "leave the cell empty where it is not known",
    );
  }
  return value;
}

/** A cell as a message shows it. */
export function quoted(cell: string): string {
  return JSON.stringify(shortened(cell));
}

const shortened = (cell: string) => (cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
