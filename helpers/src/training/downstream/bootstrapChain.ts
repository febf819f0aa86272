import type { Interval } from "../../fit/uncertainty/Interval.ts";
import { predict } from "../../laws/definition/predict.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { ChainIntervalOptions, FirstStep, SecondStep } from "./ChainStep.ts";
import { idealRun } from "./fitLossToAccuracy.ts";
import { noiseVariance } from "./noiseVariance.ts";

/** How many replicates, and from which seed. */
export interface ChainBootstrapOptions {
  /** Default 500. */
  readonly resamples?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Replicates of both steps. Made by `Chain.bootstrap`. */
export interface ChainBootstrap<V extends string = string> {
  readonly resamples: number;
  /** Accuracy at a run by each replicate. */
  values(point: Readonly<Record<V, number>>): Float64Array;
  /** Quantiles of the replicates; for `new-run` (default) each with the noise of one more run. Within 0 and 1. */
  interval(point: Readonly<Record<V, number>>, options?: ChainIntervalOptions): Interval;
}

/**
 * A wild bootstrap of both steps: the residuals of a run keep or change their sign together, all checkpoints of it at once, and
 * both steps are fitted anew, their signs drawn apart. The runs stay where they are, which a draw of 16 runs with five constants to fit would not bear.
 * The ideal model is no measurement and keeps the value that the second step gives it.
 */
export async function bootstrapChain<V extends string>(
  step1: FirstStep<V>,
  step2: SecondStep,
  runs: readonly (string | number)[],
  options: ChainBootstrapOptions = {},
): Promise<ChainBootstrap<V>> {
  requireOptions("bootstrap", options, ["resamples", "seed"]);
  const { resamples = 500, seed = 0 } = options;
  const first = await step1.bootstrap({ kind: "wild", resamples, seed });
  const second = await step2.bootstrap({
    kind: "wild",
    resamples,
    seed: seed + 1,
    clusters: runs,
    exact: runs.map((run) => run === idealRun),
  });
  const sd1 = Math.sqrt(noiseVariance(step1));
  const sd2 = Math.sqrt(noiseVariance(step2));
  const accuracies = (point: Readonly<Record<V, number>>, noise: boolean) => {
    const random = new Random(seed, -1);
    return Float64Array.from({ length: resamples }, (_, k) => {
      const row = <P extends string>(samples: Readonly<Record<P, Float64Array>>) =>
        Object.fromEntries(
          Object.entries<Float64Array>(samples).map(([name, column]) => [name, column[k]!]),
        ) as Record<P, number>;
      const [e1, e2] = noise ? [sd1 * random.normal(), sd2 * random.normal()] : [0, 0];
      const law = predict(step1.law, row(first.samples), point);
      const loss = step1.options.residual === "raw" ? law + e1 : law * Math.exp(e1);
      const accuracy = predict(step2.law, row(second.samples), { taskLoss: loss });
      return step2.options.residual === "raw" ? accuracy + e2 : accuracy * Math.exp(e2);
    });
  };
  return Object.freeze({
    resamples,
    values: (point: Readonly<Record<V, number>>) => accuracies(point, false),
    interval(point: Readonly<Record<V, number>>, wanted: ChainIntervalOptions = {}): Interval {
      requireOptions("interval", wanted, ["level", "kind"]);
      const { level = 0.95, kind = "new-run" } = wanted;
      requireLevel(level);
      requireOneOf("kind", kind, ["mean", "new-run"]);
      const [low, high] = percentileInterval(accuracies(point, kind === "new-run"), level);
      return [Math.max(0, low), Math.min(1, high)];
    },
  });
}
