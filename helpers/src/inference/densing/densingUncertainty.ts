import { requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { ScoreReference } from "./effectiveParams.ts";
import { type DatedDensity, type DatedScore, fitDensingLaw, runningMaximum } from "./fitDensingLaw.ts";

/** Spread of the doubling time over resampled families. */
export interface DensingBootstrap {
  /** 2.5 % and 97.5 % quantiles of the doubling time in days (type 7). */
  readonly doublingDays95: readonly [number, number];
  /** Resamples whose envelope had at least three points and rose; the others have no doubling time. */
  readonly nUsable: number;
  readonly nReplicates: number;
}

/**
 * Bootstraps the doubling time of the densing law over families of models, since models of one family
 * share data and recipe. The reference is held fixed.
 *
 * @param rows as for {@link fitDensingLaw}, with the family of each model
 * @param options replicates (default 2000) and seed (default 1)
 * @throws RangeError where no resample is usable
 * @example
 * import { bootstrapDensingLaw, fitSizeReference } from "isoflop";
 * const reference = fitSizeReference([{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }], { floor: 0, ceiling: 1 });
 * const rows = ["2023-03-01", "2023-06-01", "2023-09-01", "2023-12-01"].map((releaseDate, i) => ({
 *   model: `m${i}`, family: `f${i}`, nParams: 1e10, score: 0.5 + 0.1 * i, releaseDate,
 * }));
 * const { nUsable, nReplicates } = bootstrapDensingLaw(rows, reference, { replicates: 100 });
 * nUsable < nReplicates; // => true
 */
export function bootstrapDensingLaw(
  rows: readonly (DatedScore & { readonly family: string })[],
  reference: ScoreReference,
  options: { readonly replicates?: number; readonly seed?: number; readonly origin?: string } = {},
): DensingBootstrap {
  requireOptions("bootstrapDensingLaw", options, ["replicates", "seed", "origin"]);
  const { replicates = 2000, seed = 1, origin } = options;
  requireWholeBetween("replicates", replicates, 1, 1e7, "2000 is usual");
  const random = new Random(seed, 0);
  requireRows("bootstrapDensingLaw", rows);
  const familyOf = new Map(rows.map((row) => [row.model, row.family]));
  const { densities } = fitDensingLaw(rows, reference, { origin });
  const byFamily = new Map<string, DatedDensity[]>();
  for (const point of densities) {
    const family = familyOf.get(point.model)!;
    byFamily.set(family, [...(byFamily.get(family) ?? []), point]);
  }
  const families = [...byFamily.values()];
  const doublings: number[] = [];
  for (let i = 0; i < replicates; i++) {
    const drawn = families.flatMap(() => families[random.below(families.length)]!);
    const slope = envelopeLine(drawn)?.slope;
    if (slope !== undefined && slope > 0) doublings.push(Math.LN2 / slope);
  }
  if (doublings.length === 0) throw new RangeError("no resample has a rising envelope of 3 points");
  const sorted = Float64Array.from(doublings).sort();
  return {
    doublingDays95: [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)],
    nUsable: doublings.length,
    nReplicates: replicates,
  };
}

/** How often shuffled release dates look as good as the real ones. */
export interface DensingPermutation {
  /** Share of shuffles whose envelope has an R² at least as high as observed. */
  readonly pR2: number;
  /** Share of shuffles whose slope is at least as steep as observed. */
  readonly pSlope: number;
  /** Median R² of the shuffles. */
  readonly medianR2: number;
  /** Shuffles whose envelope had at least three points. */
  readonly nUsable: number;
  readonly nDraws: number;
}

/**
 * Permutation test of the densing law: release dates are shuffled over the models, and the envelope fitted
 * again. A running maximum rises by construction, so its R² is high even where time means nothing.
 *
 * @param options draws (default 4000) and seed (default 1)
 * @throws RangeError where no shuffle has an envelope of three points
 * @example
 * import { fitSizeReference, permuteReleaseDates } from "isoflop";
 * const reference = fitSizeReference([{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }], { floor: 0, ceiling: 1 });
 * const rows = ["2023-03-01", "2023-06-01", "2023-09-01", "2023-12-01"].map((releaseDate, i) => ({
 *   model: `m${i}`, nParams: 1e10, score: 0.5 + 0.1 * i, releaseDate,
 * }));
 * permuteReleaseDates(rows, reference, { draws: 200 }).medianR2 > 0.8; // => true
 */
export function permuteReleaseDates(
  rows: readonly DatedScore[],
  reference: ScoreReference,
  options: { readonly draws?: number; readonly seed?: number; readonly origin?: string } = {},
): DensingPermutation {
  requireOptions("permuteReleaseDates", options, ["draws", "seed", "origin"]);
  const { draws = 4000, seed = 1, origin } = options;
  requireWholeBetween("draws", draws, 1, 1e7, "4000 is usual");
  const random = new Random(seed, 0);
  const law = fitDensingLaw(rows, reference, { origin });
  const days = law.densities.map(({ day }) => day);
  const r2s: number[] = [];
  let asGood = 0;
  let asSteep = 0;
  for (let i = 0; i < draws; i++) {
    random.shuffle(days);
    const line = envelopeLine(law.densities.map((point, j) => ({ ...point, day: days[j]! })));
    if (line === undefined) continue;
    r2s.push(line.r2);
    if (line.r2 >= law.r2) asGood++;
    if (line.slope >= law.slopePerDay) asSteep++;
  }
  if (r2s.length === 0) throw new RangeError("no shuffle has an envelope of 3 points; too few models");
  return {
    pR2: asGood / r2s.length,
    pSlope: asSteep / r2s.length,
    medianR2: quantileOfSorted(Float64Array.from(r2s).sort(), 0.5),
    nUsable: r2s.length,
    nDraws: draws,
  };
}

function envelopeLine(points: readonly DatedDensity[]): { slope: number; r2: number } | undefined {
  const sorted = [...points].sort((p, q) => p.day - q.day || q.density - p.density);
  const envelope = runningMaximum(sorted);
  if (envelope.length < 3) return undefined;
  return linearFit(
    envelope.map(({ day }) => day),
    envelope.map((point) => Math.log(point.density)),
  );
}
