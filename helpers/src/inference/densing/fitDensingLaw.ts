import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";
import { density } from "./density.ts";
import type { EffectiveParams, ScoreReference } from "./effectiveParams.ts";

/** A model on one benchmark. */
export interface DatedScore {
  readonly model: string;
  readonly nParams: number;
  readonly score: number;
  /** ISO date, "2023-09-27". */
  readonly releaseDate: string;
}

/** A point of the density plot. */
export interface DatedDensity {
  readonly model: string;
  /** Days since the origin. */
  readonly day: number;
  readonly density: number;
}

/** Exponential growth of the best density, ln ρ_max = slope·day + intercept. */
export interface DensingLaw {
  /** A, per day. */
  readonly slopePerDay: number;
  /** B. */
  readonly intercept: number;
  /** R² of the line through the envelope. High by construction: see the permutation test. */
  readonly r2: number;
  /** ln 2 / A in days. */
  readonly doublingDays: number;
  /** The models that were the densest when released, at most one a date. */
  readonly envelope: readonly DatedDensity[];
  /** All models with a density, by date. */
  readonly densities: readonly DatedDensity[];
  /** Models without a density, and why. */
  readonly excluded: readonly { readonly model: string; readonly problem: EffectiveParams["problem"] }[];
}

const dayMs = 86_400_000;

/**
 * Fits the densing law on one benchmark: the density of each model by the reference, the running maximum
 * over release dates, and a straight line through ln ρ of that envelope by ordinary least squares.
 *
 * Models released before the origin are left out; several on one date count by the densest. Models whose
 * score has no finite effective size are returned in `excluded`.
 *
 * Source: Xiao et al. 2024, "Densing Law of LLMs", eq. 5 (origin: release of Llama-1, 2023-02-24).
 *
 * @throws RangeError on a date that cannot be read or an envelope of fewer than two points
 * @example
 * import { fitDensingLaw, fitSizeReference } from "isoflop";
 * const family = [{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }];
 * const reference = fitSizeReference(family, { floor: 0, ceiling: 1 });
 * const law = fitDensingLaw([
 *   { model: "one", nParams: 1e10, score: 0.75, releaseDate: "2023-03-01" },
 *   { model: "two", nParams: 5e9, score: 0.75, releaseDate: "2023-06-09" },
 * ], reference);
 * law.doublingDays.toFixed(1); // => "100.0"
 */
export function fitDensingLaw(
  rows: readonly DatedScore[],
  reference: ScoreReference,
  options: { readonly origin?: string } = {},
): DensingLaw {
  requireRows("fitDensingLaw", rows);
  requireOptions("fitDensingLaw", options, ["origin"]);
  const start = dayNumber(options.origin ?? "2023-02-24");
  const densities: DatedDensity[] = [];
  const excluded: { model: string; problem: EffectiveParams["problem"] }[] = [];
  for (const row of rows) {
    const day = dayNumber(row.releaseDate) - start;
    if (day < 0) continue;
    const { density: value, problem } = density(row, reference);
    if (value === undefined) excluded.push({ model: row.model, problem });
    else densities.push({ model: row.model, day, density: value });
  }
  densities.sort((p, q) => p.day - q.day || q.density - p.density);
  const envelope = runningMaximum(densities);
  const line = linearFit(
    envelope.map(({ day }) => day),
    envelope.map((point) => Math.log(point.density)),
  );
  return {
    slopePerDay: line.slope,
    intercept: line.intercept,
    r2: line.r2,
    doublingDays: Math.LN2 / line.slope,
    envelope,
    densities,
    excluded,
  };
}

/** The points above all earlier ones, of points sorted by day, the densest of a day first. */
export function runningMaximum<Point extends { readonly density: number }>(
  sorted: readonly Point[],
): Point[] {
  let best = -Infinity;
  return sorted.filter((point) => {
    if (point.density <= best) return false;
    best = point.density;
    return true;
  });
}

function dayNumber(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time))
    throw new RangeError(`releaseDate must be an ISO date like 2023-02-24, got "${date}"`);
  return time / dayMs;
}
