import { formatCount } from "isoflop";
import type { ColumnTable } from "./ColumnTable.ts";

/** Which rows of a file are wanted. */
export interface RowFilter {
  /** What it says, for the notes. */
  readonly text: string;
  /** The columns that it asks for as numbers and as texts, by their names in the file. */
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  /** Whether a row is wanted; a cell that is no number is NaN. */
  holds(cells: { number(column: string): number; text(column: string): string }): boolean;
}

/**
 * The rows that are not wanted, and what to say of them.
 *
 * @param lastOf column of which the last row of each value is wanted
 */
export function leaveOutRows(
  table: ColumnTable,
  where: RowFilter | undefined,
  lastOf: string | undefined,
): { mask: Uint8Array; notes: string[] } {
  const { n } = table;
  const mask = new Uint8Array(n);
  const notes: string[] = [];
  if (where) {
    let row = 0;
    const cells = {
      number: (column: string) => table.numbers.get(column)![row]!,
      text: (column: string) => table.texts.get(column)![row]!,
    };
    let held = 0;
    for (; row < n; row++) {
      if (where.holds(cells)) held += 1;
      else mask[row] = 1;
    }
    notes.push(`${formatCount(held)} of ${formatCount(n)} rows where ${where.text}`);
  }
  if (lastOf !== undefined) {
    const values = table.texts.get(lastOf)!;
    const seen = new Set<string>();
    for (let row = n - 1; row >= 0; row--) {
      if (mask[row]) continue;
      if (seen.has(values[row]!)) mask[row] = 1;
      seen.add(values[row]!);
    }
    notes.push(`the last row of each of ${formatCount(seen.size)} by ${lastOf}`);
  }
  return { mask, notes };
}
