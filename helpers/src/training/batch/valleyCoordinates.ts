import type { ValleyShape } from "./fitRateBatch.ts";

/** The names of a valley's shape in their order, and whether errors of each are of its logarithm. */
const coordinates = [
  ["rate", true],
  ["rateN", false],
  ["rateD", false],
  ["batch", true],
  ["batchN", false],
  ["batchD", false],
  ["coupling", false],
  ["rateCurvature", true],
  ["batchCurvature", true],
  ["skew", false],
] as const satisfies readonly (readonly [keyof ValleyShape, boolean])[];

/** A valley's shape as numbers whose errors are about normal: logarithms of what is positive. */
export function toCoordinates(shape: ValleyShape): number[] {
  return coordinates.map(([name, log]) => (log ? Math.log(shape[name]) : shape[name]));
}

/** The shape of such numbers. */
export function fromCoordinates(values: readonly number[]): ValleyShape {
  return Object.fromEntries(
    coordinates.map(([name, log], j) => [name, log ? Math.exp(values[j]!) : values[j]!]),
  ) as unknown as ValleyShape;
}
