import type { Points } from "../grammar/evaluateTerm.ts";

/** Rows of one response, those of a group behind each other. */
export interface DiscoverData {
  readonly points: Points;
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** Where each group begins; the last entry is the number of rows. */
  readonly starts: readonly number[];
  /** Which group each block of rows is. */
  readonly groups: readonly number[];
}

/** Some rows of them, in their order; groups that have none are left out. */
export function rowsOf(data: DiscoverData, isTaken: (row: number) => boolean): DiscoverData {
  const rows: number[] = [];
  const starts: number[] = [];
  const groups: number[] = [];
  for (let g = 0; g < data.groups.length; g++) {
    const before = rows.length;
    for (let i = data.starts[g]!; i < data.starts[g + 1]!; i++) if (isTaken(i)) rows.push(i);
    if (rows.length === before) continue;
    starts.push(before);
    groups.push(data.groups[g]!);
  }
  starts.push(rows.length);
  const take = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!);
  const { coordinates, x, u } = data.points;
  return {
    points: { n: rows.length, coordinates, x: x.map(take), u: u.map(take) },
    y: take(data.y),
    weights: take(data.weights),
    starts,
    groups,
  };
}
