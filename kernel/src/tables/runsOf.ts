import type { ColumnTable } from "./ColumnTable.ts";
import type { FieldSource } from "./chooseColumns.ts";
import { RunTable } from "./RunTable.ts";

/** Of size, data and compute two give the third: C = 6 N D. */
const derivations: Readonly<
  Record<string, { readonly from: readonly [string, string]; value(a: number, b: number): number }>
> = {
  nTokens: { from: ["flops", "nParams"], value: (flops, nParams) => flops / (6 * nParams) },
  nParams: { from: ["flops", "nTokens"], value: (flops, nTokens) => flops / (6 * nTokens) },
  flops: { from: ["nParams", "nTokens"], value: (nParams, nTokens) => 6 * nParams * nTokens },
};

/**
 * Makes runs of the rows that are kept.
 *
 * @param derived the field that follows from two others
 * @param groups of the runs; those of one share a weight of 1
 */
export function runsOf(
  table: ColumnTable,
  sources: readonly FieldSource[],
  derived: string | undefined,
  kept: Uint32Array,
  groups: readonly string[] | undefined,
): RunTable {
  const columns = new Map<string, Float64Array>();
  for (const { field, column, factor } of sources) {
    columns.set(field, scaled(table.numbers.get(column)!, factor, kept));
  }
  if (derived !== undefined) {
    const { from, value } = derivations[derived]!;
    const [a, b] = from.map((field) => columns.get(field)!) as [Float64Array, Float64Array];
    columns.set(
      derived,
      a.map((one, k) => value(one, b[k]!)),
    );
  }
  columns.set("weight", groups ? weightsByGroup(groups) : new Float64Array(kept.length).fill(1));
  return new RunTable(columns);
}

/** Rows of one group share a weight of 1. */
export function weightsByGroup(groups: readonly string[]): Float64Array {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return Float64Array.from(groups, (group) => 1 / sizes.get(group)!);
}

/** The rows that are kept of a column; of one that is kept whole and as it is, the column itself. */
function scaled(column: Float64Array, factor: number, kept: Uint32Array): Float64Array {
  const n = kept.length;
  if (factor === 1 && n === column.length) return column;
  const own = new Float64Array(n);
  for (let k = 0; k < n; k++) own[k] = column[kept[k]!]! * factor;
  return own;
}
