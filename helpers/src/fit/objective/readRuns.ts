import type { Law } from "../../laws/definition/Law.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { readTable } from "./readTable.ts";
import type { Table } from "./Table.ts";

export type { Table } from "./Table.ts";

/**
 * Reads the law's variables, its response and the weights out of records, and refuses what the law cannot take.
 *
 * @throws RangeError naming the value, the row (from 0) and the way out.
 */
export function readRuns<Run>(
  law: Law,
  runs: readonly Run[],
  residual: "log" | "raw",
  weights?: readonly number[] | ((run: Run, row: number) => number),
): Table {
  requireRows("fit", runs);
  return readTable(
    law,
    runs.length,
    residual,
    (name) => runs.map((run) => (run as Record<string, unknown> | null | undefined)?.[name]),
    typeof weights === "function" ? (i) => weights(runs[i]!, i) : weights,
  );
}
