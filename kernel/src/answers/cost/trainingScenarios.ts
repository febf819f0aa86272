import { readTrainingRow, timeScenario } from "isoflop";
import type { ScenarioTable } from "./ScenarioTable.ts";

/**
 * Tables of training runs: MFU on the basis that the source of a row goes by, and tokens per second of a device, both with
 * intervals.
 */
export const trainingScenarios: ScenarioTable = {
  figures: ["mfu", "tokens_per_s_per_device"],
  needed: ["model", "hardware"],
  read: ["n_devices", "precision", "engine", "parallel", "batch", "isl", "notes"],
  // They would hold the answer.
  dropped: ["quantity", "value", "unit", "value_high"],
  answer(row) {
    const scenario = readTrainingRow(row);
    if ("why" in scenario) return scenario;
    const step = timeScenario(scenario);
    return {
      figures: { mfu: step.mfu, tokens_per_s_per_device: step.tokensPerSPerDevice },
      inDistribution: step.inDistribution,
      notes: [
        `MFU: ${step.convention} FLOPs over the ${step.peak.format} peak`,
        ...(scenario.assumptions.length > 0 ? [`assumed ${scenario.assumptions.join(", ")}`] : []),
        ...step.assumptions,
      ],
    };
  },
};
