import type { Law } from "../../laws/definition/Law.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { readRuns, type Table } from "../objective/readRuns.ts";

/** How a run's group is known: a field of it, or a function of it. */
export type GroupKey<Run> = string | ((run: Run, row: number) => string | number);

/** Runs by group, in the order in which groups first appear. */
export interface GroupedRuns {
  readonly names: readonly string[];
  readonly tables: readonly Table[];
  /** For each group the rows of its runs. */
  readonly rows: readonly (readonly number[])[];
  readonly n: number;
}

/**
 * Reads runs and splits them by group.
 *
 * @param of what reads them, as messages call it
 * @throws RangeError when a run has no group, a group is now text and now a number, or a run or weight is not usable
 */
export function splitRuns<Run>(
  of: string,
  law: Law,
  runs: readonly Run[],
  group: GroupKey<Run>,
  residual: "log" | "raw",
  weights?: readonly number[] | ((run: Run, row: number) => number),
): GroupedRuns {
  requireRows(of, runs);
  if (typeof group !== "function" && (typeof group !== "string" || group === "")) {
    throw new RangeError(`group must be the name of a field or a function of the run, got ${String(group)}`);
  }
  const rowsOf = new Map<string, number[]>();
  const firstOf = new Map<string, unknown>();
  for (const [row, run] of runs.entries()) {
    const key =
      typeof group === "function"
        ? group(run, row)
        : (run as Record<string, unknown> | null | undefined)?.[group];
    const isKey = (typeof key === "string" && key !== "") || (typeof key === "number" && !Number.isNaN(key));
    if (!isKey) {
      const name = typeof group === "function" ? "the group" : `group ${group}`;
      throw new RangeError(
        `${name} must be text or a number, got ${key === "" ? "empty text" : String(key)} in row ${row}; drop the row or name its group`,
      );
    }
    const name = String(key);
    // One group for both would join what the table keeps apart, two would have one name.
    const first = firstOf.get(name) ?? firstOf.set(name, key).get(name);
    if (typeof first !== typeof key) {
      throw new RangeError(
        `a group must be text in every row or a number in every row, got ${JSON.stringify(key)} in row ${row} and ${JSON.stringify(first)} before; write them alike`,
      );
    }
    const rows = rowsOf.get(name);
    if (rows) rows.push(row);
    else rowsOf.set(name, [row]);
  }
  const { x, y, w, n } = readRuns(law, runs, residual, weights);
  const tables = [...rowsOf.values()].map((rows) => {
    const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
    return { n: rows.length, x: x.map(pick), y: pick(y), w: pick(w) };
  });
  return { names: [...rowsOf.keys()], tables, rows: [...rowsOf.values()], n };
}
