import type { Coordinate } from "./Candidate.ts";

/** A value as its coordinate. */
export const coordinateOf = ({ kind, reference, scale }: Coordinate, x: number): number =>
  kind === "log" ? Math.log(x / reference) : (x - reference) / scale;

/** A number to two digits: references are printed in formulas. */
export const twoDigits = (value: number): number => Number(value.toPrecision(2));

/**
 * The coordinate of a column: its logarithm where every value is positive and `kind` does not say otherwise.
 *
 * @param values the column, of which at least two values differ
 * @param isFuture whether the future lies along it
 */
export function chooseCoordinate(
  name: string,
  values: readonly number[],
  kind: Coordinate["kind"] = values.every((x) => x > 0) ? "log" : "value",
  isFuture = false,
): Coordinate {
  const levels = [...new Set(values)];
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  if (kind === "log")
    return { name, kind, reference: twoDigits(Math.exp(mean(levels.map(Math.log)))), scale: 1, isFuture };
  const centre = mean(levels);
  const spread = Math.sqrt(mean(levels.map((x) => (x - centre) ** 2)));
  return { name, kind, reference: twoDigits(centre), scale: twoDigits(spread), isFuture };
}
