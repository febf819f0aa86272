import type { ColumnTable } from "../ColumnTable.ts";
import { numbersHash, RowSet } from "./RowSet.ts";

/** What to do with rows that repeat an earlier one as a whole, every column of the file counted. */
export const duplicateChoices = ["keep", "drop", "refuse"] as const;
export type Duplicates = (typeof duplicateChoices)[number];

/** By row the earlier one that it repeats as a whole. */
export function findRepeats({ n, hashes }: ColumnTable): Map<number, number> {
  const repeats = new Map<number, number>();
  if (!hashes) return repeats;
  const rows = new RowSet(
    n,
    (row) => hashes.low(row),
    (one, other) => hashes.isEqual(one, other),
  );
  for (let row = 0; row < n; row++) {
    const earlier = rows.add(row);
    if (earlier !== undefined) repeats.set(row, earlier);
  }
  return repeats;
}

/** How many rows have the same numbers as an earlier one: replicates, or a slip. */
export function countReplicates(columns: readonly Float64Array[], rows: Uint32Array): number {
  const seen = new RowSet(rows.length, numbersHash(columns), (one, other) =>
    columns.every((column) => column[one] === column[other]),
  );
  return rows.reduce((count, row) => count + (seen.add(row) === undefined ? 0 : 1), 0);
}
