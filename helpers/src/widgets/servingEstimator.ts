import { readPartsRecord } from "../cost/calibration/record/partsRecord.ts";
import type { EngineEstimate } from "../cost/engine/EngineEstimate.ts";
import { estimateEngine } from "../cost/engine/estimateEngine.ts";
import type { ServingScenario } from "../cost/engine/ServingScenario.ts";
import { servingHierarchy } from "../cost/engine/servingHierarchy.ts";
import type { ServingWidget } from "./ServingWidget.ts";

/**
 * `estimateEngine` with the constants that a serving panel carries: those of what it offers, as the panel's own calibration
 * has them, to three digits of their deviations.
 *
 * @throws RangeError where the record was made for other parts than these helpers have
 * @example
 * import { modelNamed, servingEstimator, servingOf, servingPanel } from "isoflop";
 * const { widget, point } = servingPanel({
 *   models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B") },
 *   accelerators: ["h100-sxm-80gb"],
 *   caption: "What does a token cost?",
 * });
 * servingEstimator(widget)(servingOf(widget, widget.start)).tpotS.value === point.estimate.tpotS.value; // => true
 */
export function servingEstimator({ record }: ServingWidget): (scenario: ServingScenario) => EngineEstimate {
  const calibration = readPartsRecord(servingHierarchy, record);
  return (scenario) => estimateEngine(scenario, { calibration });
}
