import type { Law } from "../../laws/definition/Law.ts";
import { describeCell } from "./fitArguments.ts";
import type { Table } from "./Table.ts";

/**
 * Takes the law's variables, its response and the weights, and refuses what the law cannot take.
 *
 * @param column what stands in one, row by row
 * @throws RangeError naming the value, the row (from 0) and the way out.
 */
export function readTable(
  law: Law,
  n: number,
  residual: "log" | "raw",
  column: (name: string) => ArrayLike<unknown>,
  weights?: ArrayLike<number> | ((row: number) => number),
): Table {
  if (n === 0) throw new RangeError(`fit needs at least one run, got 0; check the filter or the file`);
  const given = typeof weights === "function" ? n : weights?.length;
  if (given !== undefined && given !== n) {
    throw new RangeError(`weights must have one entry per run (${n}), got ${given}`);
  }
  const read = (name: string, positive: boolean) => readColumn(column(name), name, positive);
  const x = law.variables.map(({ name, domain }) => {
    const column = read(name, domain === "positive");
    if (domain === "positive") for (let i = 0; i < n; i++) column[i] = Math.log(column[i]!);
    return column;
  });
  const y = read(law.response.name, law.response.domain === "positive" || residual === "log");
  const w = new Float64Array(n).fill(1);
  if (weights) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      const weight = typeof weights === "function" ? weights(i) : weights[i]!;
      w[i] = readWeight(weight, i) + 0;
      total += weight;
    }
    if (total === 0) throw new RangeError("weights must not all be 0; leave them out to weigh all alike");
  }
  return { n, x, y, w };
}

function readColumn(cells: ArrayLike<unknown>, name: string, positive: boolean): Float64Array {
  const column = new Float64Array(cells.length);
  for (let i = 0; i < column.length; i++) {
    column[i] = readCell(name, cells[i], positive, i) + 0; // JSON has no -0, and a saved fit must reload to the same bits
  }
  return column;
}

/** A cell's number; throws where there is none, or one that is not above 0 where it must be. */
export function readCell(name: string, value: unknown, positive: boolean, row: number): number {
  if (typeof value !== "number" || !Number.isFinite(value) || (positive && value <= 0)) {
    const wanted = positive ? "must be > 0" : "must be a finite number";
    throw new RangeError(`${name} ${wanted}, got ${describeCell(name, value, row)}`);
  }
  return value;
}

/** A run's weight; throws where it is none. */
export function readWeight(weight: number, row: number): number {
  if (weight >= 0 && weight < Infinity) return weight;
  throw new RangeError(`weights must be finite and >= 0, got ${weight} in row ${row}; fix the weight`);
}
