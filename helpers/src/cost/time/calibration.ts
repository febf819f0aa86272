import type { TimeCalibration } from "./calibrate/TimeCalibration.ts";
import { publishedRuns } from "./publishedRuns.ts";

let published: TimeCalibration | undefined;

/**
 * Constants of the time of training steps, calibrated on the published runs of the datasets `measuredTraining`
 * (llm-foundry, Megatron-Bridge, Megatron-LM, MaxText) and `megatronSteps`.
 *
 * @example
 * import { publishedCalibration } from "isoflop";
 * publishedCalibration().runs.length; // => 258
 */
export function publishedCalibration(): TimeCalibration {
  if (!published) {
    const { logConstants, deviations, factors, labels, runs } = publishedRuns();
    published = {
      logConstants,
      deviations,
      factors,
      runs: runs.map(([label, layout, residual, shares]) => ({
        labels: { ...labels[label]!, layout },
        residual,
        shares: shares.map((share) => share / 1000),
      })),
    };
  }
  return published;
}
