import type { Interval } from "../../fit/uncertainty/Interval.ts";
import { resampleRows } from "../../isoflop/resampleRuns.ts";
import { requireLevel, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";
import { type OptimalMixture, type OptimalMixtureOptions, optimalMixture } from "./optimalMixture.ts";

/** How far the best mixture moves with what the response was fitted to. */
export interface MixtureIntervals<Source extends string = string> {
  /** Interval of each source's best share. */
  readonly shares: Readonly<Record<Source, Interval>>;
  /** Interval of the least loss. */
  readonly value: Interval;
  /** In which part of the draws each source's share is at one of its bounds. */
  readonly atBound: Readonly<Record<Source, number>>;
  /** Number of draws. */
  readonly draws: number;
  readonly level: number;
}

/**
 * Intervals of the best shares: the percentiles of the optima of many responses, such as refits of resampled runs
 * (`mixtureDraws`) or constants drawn from a covariance. A share that is at a bound in most draws has an interval that ends
 * there; `atBound` says how often.
 *
 * The shares of one draw sum to 1; the ends of the intervals do not.
 *
 * @param draws responses, each one possible truth
 * @param options as for `optimalMixture`, and `level` (default .95)
 * @throws RangeError when there is no draw, or as `optimalMixture` does
 *
 * @example
 * import { mixtureIntervals } from "isoflop";
 * const draws = [0.8, 0.9, 1, 1.1, 1.2].map((slope) => ({
 *   sources: ["web", "code"] as const,
 *   losses: ([web, code]: Readonly<Float64Array>) => Math.exp(-2 * slope * web!) + Math.exp(-2 * code!),
 * }));
 * const { shares } = mixtureIntervals(draws, { level: 0.5 });
 * shares.web; // => [0.496, 0.4989]
 */
export function mixtureIntervals<Source extends string, Target extends string>(
  draws: readonly MixtureResponse<Source, Target>[],
  options: OptimalMixtureOptions<Source, Target> & { readonly level?: number } = {},
): MixtureIntervals<Source> {
  const { level = 0.95, ...question } = options;
  requireLevel(level);
  if (!(draws?.length > 0))
    throw new RangeError("intervals need responses, got none; mixtureDraws makes some");
  const optima: OptimalMixture<Source, Target>[] = draws.map((response) =>
    optimalMixture(response, question as OptimalMixtureOptions<Source, Target>),
  );
  const { sources } = draws[0]!;
  const bySource = <T>(of: (source: Source) => T) =>
    Object.fromEntries(sources.map((source) => [source, of(source)])) as Record<Source, T>;
  return {
    shares: bySource((source) =>
      percentileInterval(
        optima.map(({ shares }) => shares[source]),
        level,
      ),
    ),
    value: percentileInterval(
      optima.map((one) => one.value),
      level,
    ),
    atBound: bySource(
      (source) => optima.filter((one) => one.atBound.includes(source)).length / optima.length,
    ),
    draws: draws.length,
    level,
  };
}

/**
 * Responses fitted to runs drawn anew with replacement, as many as there were: what `mixtureIntervals` takes.
 *
 * @param runs one record a run
 * @param fitter fits a response to runs, such as `(runs) => fittedMixture(sources, fit(law, runs))`
 * @param options how many resamples (default 200) and their seed (default 0)
 *
 * @example
 * import { mixtureDraws } from "isoflop";
 * const runs = [{ web: 1, loss: 2 }, { web: 0.5, loss: 3 }, { web: 0, loss: 4 }];
 * const draws = mixtureDraws(
 *   runs,
 *   (some) => ({ sources: ["web", "code"], losses: ([web]) => some[0]!.loss - web! }),
 *   { resamples: 20 },
 * );
 * draws.length; // => 20
 */
export function mixtureDraws<Run, Source extends string, Target extends string>(
  runs: readonly Run[],
  fitter: (runs: readonly Run[]) => MixtureResponse<Source, Target>,
  options: { readonly resamples?: number; readonly seed?: number } = {},
): MixtureResponse<Source, Target>[] {
  requireOptions("mixtureDraws", options, ["resamples", "seed"]);
  const { resamples = 200, seed = 0 } = options;
  requireRows("mixtureDraws", runs);
  if (runs.length === 0) throw new RangeError("mixtureDraws needs runs, got none");
  requireWhole("resamples", resamples, 1, "200 is usual");
  return [...resampleRows(runs.length, resamples, seed, "bootstrap")].map((rows) =>
    fitter(Array.from(rows, (row) => runs[row]!)),
  );
}
