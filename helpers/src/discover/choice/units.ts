import type { DiscoverTable } from "../table/DiscoverTable.ts";
import type { Fold } from "./folds.ts";

/** What errors are averaged over: held-out rows that are alike but for the variable that they were held out along. */
export interface Units {
  /** How much each counts; they sum to one. */
  readonly weights: Float64Array;
  /** For each fold the unit of each row, −1 where it is not held out. */
  readonly of: readonly Int32Array[];
  /** For each fold what each row weighs within its unit, summed over the folds to one. */
  readonly shares: readonly Float64Array[];
  /** Whether there are too few lines to tell by: each row is a unit then, and their errors go together. */
  readonly isByRow: boolean;
}

/**
 * The units of a table's folds. Errors at the levels of one line of runs go together, so that a line counts once in a
 * standard error; where there is but one line, every row is a unit.
 */
export function unitsOf(table: DiscoverTable, folds: readonly Fold[]): Units {
  const byLine = assemble(table, folds, false);
  return byLine.weights.length >= 4 ? byLine : assemble(table, folds, true);
}

function assemble(table: DiscoverTable, folds: readonly Fold[], isByRow: boolean): Units {
  const { u } = table.responses[0]!.data.points;
  const indices = new Map<string, number>();
  const sizes: number[] = [];
  const weights: number[] = [];
  const of = folds.map(({ variable, counts, weight }) => {
    const held = counts.reduce((sum, count) => sum + count, 0);
    return Int32Array.from(counts, (count, i) => {
      if (count === 0) return -1;
      const others = u.map((column, v) => (v === variable ? "" : column[i]));
      const line = isByRow || variable === undefined ? `row ${i}` : `${table.groupOf[i]} ${others.join(" ")}`;
      const key = `${variable} ${line}`;
      const index = indices.get(key) ?? indices.size;
      indices.set(key, index);
      sizes[index] = (sizes[index] ?? 0) + (weight * count) / held;
      weights[index] = sizes[index]!;
      return index;
    });
  });
  const total = weights.reduce((sum, one) => sum + one, 0);
  return {
    weights: Float64Array.from(weights, (one) => one / total),
    of,
    isByRow,
    shares: folds.map(({ counts, weight }, f) => {
      const held = counts.reduce((sum, count) => sum + count, 0);
      return counts.map((count, i) => (count === 0 ? 0 : (weight * count) / held / sizes[of[f]![i]!]!));
    }),
  };
}
