import type { Coordinate } from "../grammar/Candidate.ts";
import { coordinateOf } from "../grammar/coordinate.ts";
import type { Line } from "./LeftOut.ts";

/** What is left of a column after the others, as a share of its square, below which it says nothing new. */
const nothingNew = 1e-8;

/** A direction among the rows, and what it is of the columns before. */
interface Direction {
  readonly along: readonly number[];
  readonly shares: ReadonlyMap<Coordinate, number>;
}

/**
 * The coordinates that do not follow from those before them: a power of the same column, or compute as the product of
 * parameters and tokens, would be a second name for what is there. Shares stay together.
 */
export function independentColumns(
  coordinates: readonly Coordinate[],
  values: ReadonlyMap<string, readonly number[]>,
  shares: ReadonlySet<string>,
): { kept: Coordinate[]; following: Line[] } {
  const basis: Direction[] = [];
  const centres = new Map<Coordinate, number>();
  const following: Line[] = [];
  const kept = coordinates.filter((coordinate) => {
    const own = values.get(coordinate.name)!.map((x) => coordinateOf(coordinate, x));
    const centre = own.reduce((sum, u) => sum + u, 0) / own.length;
    centres.set(coordinate, centre);
    const rest = own.map((u) => u - centre);
    const size = dot(rest, rest);
    const taken = new Map<Coordinate, number>();
    for (const direction of basis) {
      const part = dot(rest, direction.along);
      for (let i = 0; i < rest.length; i++) rest[i]! -= part * direction.along[i]!;
      for (const [one, share] of direction.shares) taken.set(one, (taken.get(one) ?? 0) + part * share);
    }
    const left = dot(rest, rest);
    if (shares.has(coordinate.name)) return true;
    if (left <= nothingNew * size) {
      const of = [...taken].map(([one, slope]) => ({ coordinate: one, centre: centres.get(one)!, slope }));
      following.push({ coordinate, centre, spread: Math.sqrt(size / own.length), of });
      return false;
    }
    const length = Math.sqrt(left);
    basis.push({
      along: rest.map((r) => r / length),
      shares: new Map([
        ...[...taken].map(([one, t]) => [one, -t / length] as const),
        [coordinate, 1 / length],
      ]),
    });
    return true;
  });
  return { kept, following };
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
