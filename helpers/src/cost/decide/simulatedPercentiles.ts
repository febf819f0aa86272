import { requireFraction, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import type { EngineEstimate } from "../engine/EngineEstimate.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { estimateEngine } from "../engine/estimateEngine.ts";
import type { ServingScenario } from "../engine/ServingScenario.ts";
import type { ServingPercentiles } from "./ServingQuestion.ts";
import { simulateScenario } from "./simulateScenario.ts";

/** How percentiles are simulated. */
export interface SimulatedPercentiles {
  /** Requests that are simulated. Default 400, and at least four for each that is served at once. */
  readonly requests?: number;
  readonly seed?: number;
  /** Lengths vary evenly from (1 − rangeRatio) to (1 + rangeRatio) times the stated ones. Default 0: all alike. */
  readonly rangeRatio?: number;
  /** Share of the memory that weights and cache may take. Default .9. */
  readonly memoryShare?: number;
  /** Seconds of a step; default `engineClock`. */
  readonly clockOf?: (scenario: ServingScenario) => StepClock;
  /** Means that the percentiles are scaled to; default `estimateEngine`. */
  readonly estimator?: (scenario: ServingScenario) => EngineEstimate;
}

/**
 * Percentiles by the simulator, for `limits.percentiles` of `searchServing`: a share of the simulated requests over their
 * mean, times the mean that is estimated, so that limits on mean and percentile rest on the same estimate.
 *
 * @throws RangeError on numbers outside their domain; of the function given back, where no link is known over which split
 *   instances pass their caches on
 * @example
 * import { modelNamed, searchServing, simulatedPercentiles } from "isoflop";
 * const found = searchServing(modelNamed("Llama-3.1-8B"), {
 *   offers: [{ accelerator: "h100-sxm", devices: 1 }], promptTokens: 512, outputTokens: 64, keep: 1,
 *   limits: { tpotS: 0.05, at: 0.95, percentiles: simulatedPercentiles({ requests: 100 }) },
 * });
 * found.ranking.length; // => 1
 */
export function simulatedPercentiles(options: SimulatedPercentiles = {}): ServingPercentiles {
  requireOptions("simulatedPercentiles", options, [
    "requests",
    "seed",
    "rangeRatio",
    "memoryShare",
    "clockOf",
    "estimator",
  ]);
  const { seed = 0, rangeRatio = 0, memoryShare = 0.9, clockOf } = options;
  const { estimator = estimateEngine } = options;
  if (options.requests !== undefined) requireWhole("requests", options.requests, 1, "400 is usual");
  requireFraction("rangeRatio", rangeRatio);
  return (scenario, share) => {
    const { load } = scenario;
    const together = load.kind === "closed" ? load.concurrency : 1;
    const run = simulateScenario(scenario, {
      requests: options.requests ?? Math.max(400, 4 * together),
      seed,
      rangeRatio,
      memoryShare,
      ...(clockOf && { clockOf }),
    });
    const { ttftS, tpotS } = estimator(scenario);
    const over = (column: Float64Array) => {
      const sorted = column.filter(Number.isFinite).sort();
      if (sorted.length === 0) return 1;
      const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
      return quantileOfSorted(sorted, share) / mean;
    };
    return {
      ttftS: ttftS.value * over(run.requests.ttftS),
      tpotS: tpotS.value * over(run.requests.tpotS),
    };
  };
}
