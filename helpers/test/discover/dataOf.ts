import type { DiscoverData } from "../../src/discover/fit/DiscoverData.ts";
import { chooseCoordinate, coordinateOf } from "../../src/discover/grammar/coordinate.ts";

/** Columns as a law reads them, all weights one. */
export function dataOf(
  columns: Readonly<Record<string, readonly number[]>>,
  y: readonly number[],
  starts: readonly number[] = [0, y.length],
): DiscoverData {
  const coordinates = Object.entries(columns).map(([name, values]) => chooseCoordinate(name, values));
  const x = Object.values(columns).map((values) => Float64Array.from(values));
  return {
    points: {
      n: y.length,
      coordinates,
      x,
      u: x.map((column, v) => column.map((value) => coordinateOf(coordinates[v]!, value))),
    },
    y: Float64Array.from(y),
    weights: new Float64Array(y.length).fill(1),
    starts,
    groups: starts.slice(1).map((_, g) => g),
  };
}
