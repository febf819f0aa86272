import { Random } from "../../numerics/random/Random.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import type { DiscoverTable } from "../table/DiscoverTable.ts";

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
export function foldsOf(table: DiscoverTable, future: Points | undefined): Fold[] {
  const { groupOf } = table;
  const { scale, coordinates } = table.shape;
  const { points } = table.responses[0]!.data;
  const folds = scale.flatMap((v) => {
    const weight = future === undefined ? 1 : leastWeight + beyond(points.u[v]!, future.u[v]!);
    return depths.flatMap((depth) => {
      const counts = heldOut(points.u[v]!, groupOf, depth, coordinates.length + 1);
      return counts === undefined ? [] : [{ variable: v, depth, counts, weight }];
    });
  });
  const isBeyond = folds.some(({ weight }) => future === undefined || weight > leastWeight);
  return isBeyond ? folds : [...folds, ...inTurn(table)];
}

/** How far points lie beyond rows on average, in ranges of the rows, 1 at most. */
function beyond(rows: Float64Array, points: Float64Array): number {
  const low = Math.min(...rows);
  const high = Math.max(...rows);
  const distances = points.map((u) => Math.max(0, u - high, low - u) / (high - low));
  return Math.min(1, distances.reduce((sum, one) => sum + one, 0) / points.length);
}

/**
 * @param least rows that a group keeps, or it keeps all: a law of all variables has as many amplitudes, and would be out for
 *   the whole table for what one small group lacks
 */
function heldOut(
  u: Float64Array,
  groupOf: Int32Array,
  depth: number,
  least: number,
): Float64Array | undefined {
  const counts = new Float64Array(u.length);
  const groups = new Set(groupOf);
  let held = 0;
  for (const group of groups) {
    const own = u.filter((_, i) => groupOf[i] === group);
    const levels = levelsOf(own);
    // What is left must have a direction.
    if (levels.length - depth < 2) continue;
    const from = levels[levels.length - depth]!;
    if (own.filter((value) => value < from).length < least) continue;
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

const turns = 5;

/** Every fifth row of a group, five times, in an order that is not the file's: for points that lie among the rows. */
function inTurn(table: DiscoverTable): Fold[] {
  const { groupOf, groupNames, shape } = table;
  const turn = new Int32Array(groupOf.length).fill(-1);
  for (let g = 0; g < groupNames.length; g++) {
    const own = inOwnOrder(table, g);
    if (own.length - Math.ceil(own.length / turns) <= shape.coordinates.length) continue;
    // A grid in its order would lose a level of its columns at a time.
    new Random(own.length, turns).shuffle(own);
    for (const [k, i] of own.entries()) turn[i] = k % turns;
  }
  return Array.from({ length: turns }, (_, depth) => ({
    variable: undefined,
    depth,
    counts: Float64Array.from(turn, (own) => (own === depth ? 1 : 0)),
    weight: 1,
  })).filter(({ counts }) => counts.includes(1));
}

/** The rows of a group by their values, column after column in the order of the columns' names. */
function inOwnOrder({ groupOf, responses, shape: { coordinates } }: DiscoverTable, g: number): number[] {
  const { points } = responses[0]!.data;
  const names = coordinates.map(({ name }) => name);
  const columns = [
    ...[...names].sort().map((name) => points.x[names.indexOf(name)]!),
    ...responses.map(({ data }) => data.y),
  ];
  const before = (a: number, b: number) => {
    const own = columns.find((column) => column[a] !== column[b]);
    return own ? own[a]! - own[b]! : 0;
  };
  return [...groupOf.keys()].filter((i) => groupOf[i] === g).sort(before);
}
