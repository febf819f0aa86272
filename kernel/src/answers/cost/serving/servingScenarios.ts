import { readServingRow } from "isoflop";
import type { ScenarioTable } from "../ScenarioTable.ts";
import { estimateCalibrated, type ServingCalibration } from "./calibrateServing.ts";

/**
 * Tables of servings, with the columns of the dataset of serving measurements: seconds to the first token, seconds a token,
 * and output tokens a second of all devices, each with intervals.
 */
export const servingScenarios = (calibration?: ServingCalibration): ScenarioTable => ({
  figures: ["ttft_s", "tpot_s", "tokens_per_s"],
  needed: ["model", "hardware"],
  read: [
    "n_devices",
    "precision",
    "engine",
    "mode",
    "parallel",
    "tp",
    "pp",
    "dp",
    "batch",
    "load",
    "isl",
    "osl",
  ],
  // Who has measured values beside wants them beside what is said.
  dropped: [],
  answer(row) {
    const scenario = readServingRow(row);
    if ("why" in scenario) return scenario;
    const { ttftS, tpotS, tokensPerS, inDistribution, assumptions } = estimateCalibrated(
      scenario,
      calibration,
    );
    // Whoever estimates may hand on what was assumed of the row.
    const others = assumptions.filter((assumption) => !scenario.assumptions.includes(assumption));
    return {
      figures: { ttft_s: ttftS, tpot_s: tpotS, tokens_per_s: tokensPerS },
      inDistribution,
      notes: [
        ...(scenario.assumptions.length > 0 ? [`assumed ${scenario.assumptions.join(", ")}`] : []),
        ...others,
      ],
    };
  },
});
