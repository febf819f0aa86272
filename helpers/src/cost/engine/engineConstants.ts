import { engineParts } from "./parts/partNames.ts";
import { publishedServing } from "./publishedServing.ts";
import type { ServingScenario } from "./ServingScenario.ts";
import { servingLabels } from "./servingLabels.ts";

const one = new Float64Array(engineParts.length).fill(1);

/** Constants of the parts of a step for the labels of a scenario. */
export function engineConstants(scenario: ServingScenario, calibration = publishedServing()): Float64Array {
  // Of a second of each part the share that is due to one is its constant over the sum of all.
  const row = calibration.columns.row({ labels: servingLabels(scenario), kind: "tpot", parts: one });
  const sum = Math.exp(row.linearise(calibration.posterior.mean));
  return row.slopes.slice(0, one.length).map((share) => share * sum);
}
