import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { chiSquaredOverFreedom } from "../../numerics/random/chiSquaredOverFreedom.ts";
import { Random } from "../../numerics/random/Random.ts";
import { type ValleyShape, valleyShape } from "./fitRateBatch.ts";
import { type RateBatchConstants, requireValley } from "./RateBatchConstants.ts";
import { fromCoordinates, toCoordinates } from "./valleyCoordinates.ts";

/**
 * What an interval is to hold: the law's best settings (`law`), or those of a run of one's own, which lie about the law
 * as those of each grid did (`run`).
 */
export type IntervalOf = "run" | "law";

/** Three constants for each setting leave so many of the grids to tell errors by. */
const freedomOf = (valley: RateBatchConstants) => Math.max(valley.replicates.length - 3, 1);

/** Jackknife interval of the logarithm of a positive quantity, with the scatter of single grids where asked for. */
export function valleyInterval(
  valley: RateBatchConstants,
  of: (shape: ValleyShape) => number,
  level: number,
  intervalOf: IntervalOf,
): [number, number] {
  const value = of(valley.parameters);
  const logs = valley.replicates.map((shape) => Math.log(of(shape)));
  const g = logs.length;
  const freedom = freedomOf(valley);
  const mean = logs.reduce((sum, log) => sum + log, 0) / g;
  const ofLaw = ((g - 1) / g) * logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const ofGrid = valley.scatter.reduce(
    (sum, shift) => sum + Math.log(of(moved(valley.parameters, shift)) / value) ** 2,
    0,
  );
  const variance = ofLaw + (intervalOf === "run" ? ofGrid / freedom : 0);
  const reach = studentTQuantile((1 + level) / 2, freedom) * Math.sqrt(variance);
  return [value * Math.exp(-reach), value * Math.exp(reach)];
}

/**
 * Shapes drawn from the uncertainty of a valley: a combination of what leaving out each grid changes, scaled to the
 * jackknife's covariance; a combination of the grids' own shifts, scaled to theirs; both with Student's t.
 */
export function drawShapes(
  valley: RateBatchConstants,
  draws: number,
  seed: number,
  intervalOf: IntervalOf,
): ValleyShape[] {
  const replicates = valley.replicates.map(toCoordinates);
  const g = replicates.length;
  const estimate = toCoordinates(valley.parameters);
  const mean = estimate.map((_, j) => replicates.reduce((sum, row) => sum + row[j]!, 0) / g);
  const away = replicates.map((row) => row.map((value, j) => value - mean[j]!));
  const freedom = freedomOf(valley);
  return Array.from({ length: draws }, (_, k) => {
    const random = new Random(seed, k);
    const weights = away.map(() => random.normal());
    const tail = 1 / Math.sqrt(chiSquaredOverFreedom(random, freedom));
    const scale = tail * Math.sqrt((g - 1) / g);
    const shape = fromCoordinates(
      estimate.map(
        (value, j) => value + scale * away.reduce((sum, row, i) => sum + weights[i]! * row[j]!, 0),
      ),
    );
    if (intervalOf === "law") return shape;
    const shift = [0, 0];
    for (const [rate, batch] of valley.scatter) {
      const weight = (random.normal() * tail) / Math.sqrt(freedom);
      shift[0]! += weight * rate;
      shift[1]! += weight * batch;
    }
    return moved(shape, shift as [number, number]);
  });
}

function moved(shape: ValleyShape, [rate, batch]: readonly [number, number]): ValleyShape {
  return { ...shape, rate: shape.rate * Math.exp(rate), batch: shape.batch * Math.exp(batch) };
}

/** Standard errors of a valley's constants. */
export interface ValleyErrors {
  /** Of the logarithm for rate, batch and the curvatures. */
  readonly standardErrors: ValleyShape;
  /** Half-widths of 95 % intervals, by Student's t. */
  readonly halfWidths: ValleyShape;
  readonly freedom: number;
}

/**
 * Jackknife standard errors of a valley's constants by grids, and half-widths of their 95 % intervals.
 *
 * @example
 * import { stepLawValley, valleyErrors } from "isoflop";
 * valleyErrors(stepLawValley).standardErrors.batchD; // => 0.01386
 */
export function valleyErrors(valley: RateBatchConstants): ValleyErrors {
  requireValley(valley);
  const rows = valley.replicates.map(toCoordinates);
  const g = rows.length;
  const freedom = freedomOf(valley);
  const errors = rows[0]!.map((_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / g;
    return Math.sqrt(((g - 1) / g) * rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0));
  });
  const named = (values: readonly number[]) =>
    Object.fromEntries(valleyShape.map((name, j) => [name, values[j]!])) as unknown as ValleyShape;
  const t = studentTQuantile(0.975, freedom);
  return { standardErrors: named(errors), halfWidths: named(errors.map((error) => t * error)), freedom };
}
