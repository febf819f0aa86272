import { requireBetween, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { powerSchedulerRatio } from "../hyperparameters/publishedHyperparameters.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/**
 * Power scheduler: a learning rate that depends on the tokens seen so far, min(maxRate, batch a n^b), with a linear
 * warm-up before it and a linear decay to 0 at the end. It needs no horizon: a longer run is the same run, continued.
 * Under muP.
 *
 * Source: Shen et al. 2024 (Power Scheduler, arXiv:2408.13359v2); a = 4, b = -.51 and maxRate = .02 are the values the
 * authors chose, a = 4.6 their fit (equation 5).
 *
 * @param options batch in sequences of 4096 tokens; warm-up, start of the decay and total in tokens
 * @throws RangeError when a number is not > 0, b is above 0, or the phases do not follow each other
 *
 * @example
 * import { powerSchedule } from "isoflop";
 * const schedule = powerSchedule({ batchSequences: 1024, warmup: 1e9, decayStart: 9e12, total: 10e12 });
 * schedule.learningRate(5e12); // => 0.001367
 */
export function powerSchedule(options: {
  readonly batchSequences: number;
  readonly warmup?: number;
  readonly decayStart: number;
  readonly total: number;
  /** Default 4. */
  readonly a?: number;
  /** Default -.51. */
  readonly b?: number;
  /** Default .02. */
  readonly maxRate?: number;
}): Schedule {
  requireOptions("powerSchedule", options, [
    "batchSequences",
    "warmup",
    "decayStart",
    "total",
    "a",
    "b",
    "maxRate",
  ]);
  const { batchSequences, warmup = 0, decayStart, total, a = 4, maxRate = 0.02 } = options;
  const b = options.b ?? powerSchedulerRatio.exponents.nTokens;
  requirePositive("batchSequences", batchSequences, "give sequences of 4096 tokens, such as 1024");
  requirePositive("a", a, "the authors chose 4");
  requireBetween("b", b, -5, 0, "the authors chose -.51");
  requirePositive("maxRate", maxRate, "the authors chose .02");
  requirePhases({ warmup, decayStart }, total);
  const power = (nTokens: number) => Math.min(maxRate, batchSequences * a * nTokens ** b);
  return {
    name: "power",
    unit: "tokens",
    total,
    source: "Shen et al. 2024 (Power Scheduler, arXiv:2408.13359v2)",
    learningRate: (nTokens) => {
      if (nTokens < warmup) return (power(warmup) * nTokens) / warmup;
      if (nTokens <= decayStart) return power(nTokens);
      return (power(decayStart) * (total - nTokens)) / (total - decayStart);
    },
  };
}
