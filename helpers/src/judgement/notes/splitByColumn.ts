import { chiSquaredTail } from "../../numerics/distributions/incompleteGamma.ts";

/** A column of texts by which values differ. */
export interface ColumnSplit {
  readonly column: string;
  /** Share of the variance of the ranks that the column accounts for, 0 to 1. */
  readonly share: number;
  readonly pValue: number;
  readonly low: { readonly value: string; readonly mean: number };
  readonly high: { readonly value: string; readonly mean: number };
}

/** Level of all columns together. */
const level = 1e-4;
/** A column that accounts for less may be significant in a large table, and is no reason to take it apart. */
const leastShare = 0.3;
/** A group of fewer runs shows nothing. */
const fewestRuns = 3;

/**
 * The column of texts by which values differ most, by the test of Kruskal and Wallis (1952), where they differ at all.
 *
 * @param columns one text a value; columns that are nearly all different, or all the same, are passed over
 * @throws RangeError when a column has not one text a value
 */
export function splitByColumn(
  values: Float64Array,
  columns: Readonly<Record<string, readonly string[]>>,
): ColumnSplit | undefined {
  const n = values.length;
  const entries = Object.entries(columns);
  if (entries.length === 0) return undefined;
  const ranks = ranksOf(values);
  let best: ColumnSplit | undefined;
  for (const [column, texts] of entries) {
    if (texts.length !== n) {
      throw new RangeError(`column ${column} must have one text a run (${n}), got ${texts.length}`);
    }
    const split = splitBy(column, texts, values, ranks);
    if (!split || split.pValue * entries.length > level || split.share < leastShare) continue;
    if (!best || split.share > best.share) best = split;
  }
  return best;
}

function splitBy(
  column: string,
  texts: readonly string[],
  values: Float64Array,
  ranks: Float64Array,
): ColumnSplit | undefined {
  const groups = new Map<string, { count: number; ranks: number; sum: number }>();
  for (const [i, text] of texts.entries()) {
    const group = groups.get(text) ?? { count: 0, ranks: 0, sum: 0 };
    group.count += 1;
    group.ranks += ranks[i]!;
    group.sum += values[i]!;
    groups.set(text, group);
  }
  const kept = [...groups].filter(([, { count }]) => count >= fewestRuns);
  const n = kept.reduce((sum, [, { count }]) => sum + count, 0);
  if (kept.length < 2 || n < 0.5 * values.length || kept.length > n / fewestRuns) return undefined;
  const mean = kept.reduce((sum, [, group]) => sum + group.ranks, 0) / n;
  const between = kept.reduce(
    (sum, [, group]) => sum + group.count * (group.ranks / group.count - mean) ** 2,
    0,
  );
  const variance = (n * (n + 1)) / 12;
  const statistic = between / variance;
  const means = kept
    .map(([value, { sum, count }]) => ({ value, mean: sum / count }))
    .sort((a, b) => a.mean - b.mean);
  return {
    column,
    share: statistic / (n - 1),
    pValue: chiSquaredTail(statistic, kept.length - 1),
    low: means[0]!,
    high: means.at(-1)!,
  };
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}
