import type { Coordinate } from "../grammar/Candidate.ts";
import { coordinateOf } from "../grammar/coordinate.ts";

/** What is left of a column after the others, as a share of its square, below which it says nothing new. */
const nothingNew = 1e-8;

/**
 * The coordinates that do not follow from those before them: a power of the same column, or compute as the product of
 * parameters and tokens, would be a second name for what is there. Shares stay together.
 */
export function independentColumns(
  coordinates: readonly Coordinate[],
  values: ReadonlyMap<string, readonly number[]>,
  shares: ReadonlySet<string>,
): Coordinate[] {
  const basis: number[][] = [];
  return coordinates.filter((coordinate) => {
    const own = values.get(coordinate.name)!.map((x) => coordinateOf(coordinate, x));
    const centre = own.reduce((sum, u) => sum + u, 0) / own.length;
    const rest = own.map((u) => u - centre);
    const size = dot(rest, rest);
    for (const direction of basis) {
      const along = dot(rest, direction);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
    }
    const left = dot(rest, rest);
    if (shares.has(coordinate.name)) return true;
    if (left <= nothingNew * size) return false;
    basis.push(rest.map((r) => r / Math.sqrt(left)));
    return true;
  });
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
