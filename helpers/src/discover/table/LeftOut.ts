import type { Coordinate } from "../grammar/Candidate.ts";
import { coordinateOf } from "../grammar/coordinate.ts";
import type { DiscoverRow } from "./DiscoverOptions.ts";

/** A column of numbers that no law of the table names: the rows do not tell what another value would change. */
export interface LeftOut {
  readonly name: string;
  /** Whether a point has the value that the rows would have there, or none. */
  readonly isAsInRows: (point: DiscoverRow) => boolean;
}

/** A column that has one value in all rows. */
export const constantColumn = (name: string, value: number): LeftOut => ({
  name,
  isAsInRows: (point) => typeof point[name] !== "number" || point[name] === value,
});

/** A coordinate as a line of others: `centre + Σ slope (u − its centre)`. */
export interface Line {
  readonly coordinate: Coordinate;
  readonly centre: number;
  /** Of the rows around the centre. */
  readonly spread: number;
  readonly of: readonly {
    readonly coordinate: Coordinate;
    readonly centre: number;
    readonly slope: number;
  }[];
}

/** A hundredth of the rows' spread is what a rounded product may be off. */
const asGood = 0.01;

/** A column that follows from others. */
export const followingColumn = ({ coordinate, centre, spread, of }: Line): LeftOut => ({
  name: coordinate.name,
  isAsInRows: (point) => {
    const own = point[coordinate.name];
    if (typeof own !== "number") return true;
    const line = of.reduce(
      (sum, one) =>
        sum + one.slope * (coordinateOf(one.coordinate, Number(point[one.coordinate.name])) - one.centre),
      centre,
    );
    return Math.abs(coordinateOf(coordinate, own) - line) <= asGood * spread;
  },
});
