import type { Law } from "../../../laws/definition/Law.ts";

/** One column of replicates that are stored row by row (p parameters each). */
export function columnOf(rows: Float64Array, p: number, j: number): Float64Array {
  const column = new Float64Array(rows.length / p);
  for (let k = 0; k < column.length; k++) column[k] = rows[k * p + j]!;
  return column;
}

/** A quantity computed from each row of parameters. */
export function evaluateRows<P extends string>(
  law: Law<string, P, string>,
  rows: Float64Array,
  quantity: (parameters: Readonly<Record<P, number>>) => number,
): Float64Array {
  const names = law.parameters.map(({ name }) => name);
  const p = names.length;
  return Float64Array.from({ length: rows.length / p }, (_, k) => {
    // Filled in a loop: thousands of lists of pairs would take longer than most quantities do.
    const parameters = {} as Record<P, number>;
    for (let j = 0; j < p; j++) parameters[names[j]!] = rows[k * p + j]!;
    return quantity(parameters);
  });
}
