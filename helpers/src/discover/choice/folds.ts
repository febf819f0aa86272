import type { Points } from "../grammar/evaluateTerm.ts";

/** Rows to hold out, and how much each counts: by its distance beyond the rows that are left. */
export interface Fold {
  /** The coordinate along which rows are held out; undefined where rows are held out in turn. */
  readonly variable: number | undefined;
  /** How many top levels are held out. */
  readonly depth: number;
  /** What a row counts, 0 where it is not held out. */
  readonly counts: Float64Array;
  /** What the fold counts beside others. */
  readonly weight: number;
}

/** More levels than so many are taken together. */
const mostLevels = 12;
const depths = [1, 2, 3] as const;
/** What a fold counts along a variable in which no point lies beyond the rows. */
const leastWeight = 0.05;

/**
 * The folds of a table: the top one, two and three levels of each scale, in each group its own. A row counts by its
 * distance beyond the edge of what is left. Where points are given, a variable counts by how far they lie beyond the rows.
 */
export function foldsOf(
  points: Points,
  groupOf: Int32Array,
  scale: readonly number[],
  future: Points | undefined,
): Fold[] {
  const folds = scale.flatMap((v) => {
    const weight = future === undefined ? 1 : leastWeight + beyond(points.u[v]!, future.u[v]!);
    return depths.flatMap((depth) => {
      const counts = heldOut(points.u[v]!, groupOf, depth);
      return counts === undefined ? [] : [{ variable: v, depth, counts, weight }];
    });
  });
  const isBeyond = folds.some(({ weight }) => future === undefined || weight > leastWeight);
  return isBeyond ? folds : [...folds, ...inTurn(points.n)];
}

/** How far points lie beyond rows on average, in ranges of the rows, 1 at most. */
function beyond(rows: Float64Array, points: Float64Array): number {
  const low = Math.min(...rows);
  const high = Math.max(...rows);
  const distances = points.map((u) => Math.max(0, u - high, low - u) / (high - low));
  return Math.min(1, distances.reduce((sum, one) => sum + one, 0) / points.length);
}

function heldOut(u: Float64Array, groupOf: Int32Array, depth: number): Float64Array | undefined {
  const counts = new Float64Array(u.length);
  const groups = new Set(groupOf);
  let held = 0;
  for (const group of groups) {
    const own = u.filter((_, i) => groupOf[i] === group);
    const levels = levelsOf(own);
    // What is left must have a direction.
    if (levels.length - depth < 2) continue;
    const from = levels[levels.length - depth]!;
    const edge = own.reduce((top, value) => (value < from ? Math.max(top, value) : top), -Infinity);
    const top = levels.at(-1)!;
    const furthest = own.reduce((most, value) => Math.max(most, value), top) - edge;
    u.forEach((value, i) => {
      if (groupOf[i] !== group || value < from) return;
      counts[i] = (value - edge) / furthest;
      held++;
    });
  }
  return held > 0 && held <= 0.6 * u.length ? counts : undefined;
}

/** Where the levels of a column begin; neighbours are taken together where there are many. */
function levelsOf(u: Float64Array): number[] {
  const distinct = [...new Set(u)].sort((a, b) => a - b);
  if (distinct.length <= mostLevels) return distinct;
  return Array.from(
    { length: mostLevels },
    (_, k) => distinct[Math.floor((k * distinct.length) / mostLevels)]!,
  );
}

/** Every fifth row, five times: for points that lie among the rows. */
const inTurn = (n: number): Fold[] =>
  Array.from({ length: Math.min(5, n) }, (_, k) => ({
    variable: undefined,
    depth: k,
    counts: Float64Array.from({ length: n }, (_, i) => (i % 5 === k ? 1 : 0)),
    weight: 1,
  }));
