import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { Points } from "../grammar/evaluateTerm.ts";
import type { DiscoverOptions, DiscoverRow } from "./DiscoverOptions.ts";
import type { DiscoverTable } from "./DiscoverTable.ts";
import { columnOf, pointsOf } from "./readTable.ts";

/** Points to predict, in the order in which they were given. */
export interface FuturePoints {
  readonly points: Points;
  /** −1 where the rows have no such group. */
  readonly groupOf: Int32Array;
  /** For each point what a reader should know of it. */
  readonly notes: readonly (readonly string[])[];
}

/**
 * Reads points as laws of the table read them.
 *
 * @throws RangeError where a variable is missing, no finite number, or not positive as in the rows
 */
export function readPoints(
  given: readonly DiscoverRow[],
  { shape, groupNames, leftOut }: DiscoverTable,
  { group }: DiscoverOptions,
): FuturePoints {
  requireRows("discover", given);
  const columns = [...new Set(given.flatMap((row) => Object.keys(row)))];
  const missing = given.length > 0 && shape.coordinates.find(({ name }) => !columns.includes(name));
  if (missing) {
    throw new RangeError(
      `the points have no column ${missing.name}, which laws read; add it to them, or take it out of the rows' variables with ignore`,
    );
  }
  const values = new Map(shape.coordinates.map(({ name }) => [name, columnOf(given, name, given, "point")]));
  for (const { name, kind } of shape.coordinates) {
    const at = kind === "log" ? values.get(name)!.findIndex((x) => !(x > 0)) : -1;
    if (at < 0) continue;
    throw new RangeError(
      `${name} must be > 0 as in the rows, got ${values.get(name)![at]} in point ${at}; drop it or fix the file`,
    );
  }
  return {
    points: pointsOf(shape.coordinates, values, given.length),
    groupOf: Int32Array.from(given, (row) =>
      group === undefined ? 0 : groupNames.indexOf(String(row[group] ?? "")),
    ),
    notes: given.map((row) =>
      leftOut.flatMap(({ name, isAsInRows }) =>
        isAsInRows(row) ? [] : [`${name} is not as in the rows, which do not tell what it changes`],
      ),
    ),
  };
}
