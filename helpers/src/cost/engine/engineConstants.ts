import { predictParts } from "../calibration/predictParts.ts";
import { engineParts } from "./parts/partNames.ts";
import { publishedServing } from "./publishedServing.ts";
import type { ServingScenario } from "./ServingScenario.ts";
import { servingLabels } from "./servingLabels.ts";

/** Constants of the parts of a step for the labels of a scenario. */
export function engineConstants(scenario: ServingScenario, calibration = publishedServing()): Float64Array {
  const labels = servingLabels(scenario);
  // A time is linear in its parts: the prediction of one part alone is its constant.
  return Float64Array.from(engineParts, (_, k) => {
    const parts = new Float64Array(engineParts.length);
    parts[k] = 1;
    return predictParts(calibration, { labels, kind: "tpot", parts }).value;
  });
}
