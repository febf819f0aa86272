import { refusal, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { mean } from "../../numerics/mean.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import { standardDeviation } from "../../numerics/standardDeviation.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";
import { type MixtureScore, mixtureScores } from "./mixtureScores.ts";

/** One measure over many splits. */
export interface ScoreSpread {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Central 95 % of the splits. */
  readonly interval: readonly [low: number, high: number];
}

/** Scores of one number of runs, for one target. */
export type SpreadScores = Readonly<Record<Exclude<keyof MixtureScore, "n">, ScoreSpread>>;

/**
 * How well a response foretells when it is fitted to some of the runs only: `size` of them are drawn at random without
 * replacement, the response fitted to them is judged on `judge`, again and again. By default it is judged on the runs that
 * were not drawn, which is a cross-validation by random splits; with `judge` given (such as runs of a larger model) and
 * several sizes it says how many small runs decide between mixtures.
 *
 * @param runs records with shares and losses
 * @param fitter fits a response to some of them
 * @param options size of the part that is fitted, number of splits (default 25), seed (default 0), the runs to judge on
 * @throws RangeError when size is no whole number from 1 to the number of runs
 *
 * @example
 * import { mixtureRegression, mixtureResamples } from "isoflop";
 * const runs = Array.from({ length: 20 }, (_, i) => ({ web: i / 19, code: 1 - i / 19, loss: 3 - i / 19 }));
 * const scores = mixtureResamples(
 *   runs,
 *   (some) => mixtureRegression(some, { sources: ["web", "code"], targets: ["loss"] }),
 *   { size: 10 },
 * );
 * scores.loss.pairAccuracy.mean; // => 1
 */
export function mixtureResamples<
  Run extends Readonly<Record<string, unknown>>,
  Source extends string,
  Target extends string = "loss",
>(
  runs: readonly Run[],
  fitter: (runs: readonly Run[]) => MixtureResponse<Source, Target>,
  options: {
    readonly size: number;
    readonly splits?: number;
    readonly seed?: number;
    readonly judge?: readonly Readonly<Record<string, unknown>>[];
  },
): Record<Target, SpreadScores> {
  requireOptions("mixtureResamples", options, ["size", "splits", "seed", "judge"]);
  const { size, splits = 25, seed = 0, judge } = options;
  requireWhole("size", size, 1, "give the number of runs to fit");
  requireWhole("splits", splits, 1, "25 is usual");
  if (size > runs.length || (!judge && size > runs.length - 2)) {
    throw refusal(
      "size",
      `must be at most ${judge ? runs.length : runs.length - 2}`,
      size,
      "add runs, or give runs to judge on",
    );
  }
  const scores = Array.from({ length: splits }, (_, split) => {
    const order = Array.from(runs);
    new Random(seed, split).shuffle(order);
    return mixtureScores(fitter(order.slice(0, size)), judge ?? order.slice(size));
  });
  const measures = ["meanAbsoluteError", "r2", "rankCorrelation", "pairAccuracy"] as const;
  const targets = Object.keys(scores[0]!) as Target[];
  return Object.fromEntries(
    targets.map((target) => [
      target,
      Object.fromEntries(
        measures.map((measure) => {
          const values = scores.map((score) => score[target][measure]);
          return [
            measure,
            {
              mean: mean(values),
              standardDeviation: splits > 1 ? standardDeviation(Float64Array.from(values)) : Number.NaN,
              interval: percentileInterval(values),
            },
          ];
        }),
      ),
    ]),
  ) as unknown as Record<Target, SpreadScores>;
}
