import {
  estimateEngine,
  publishedServing,
  readServingRow,
  type ServingCalibration,
  type ServingScenario,
} from "isoflop";
import type { GivenRow, ScenarioTable } from "../ScenarioTable.ts";

/**
 * Tables of servings, with the columns of the dataset of serving measurements: seconds to the first token, seconds a token,
 * and output tokens a second of all devices, each with intervals.
 *
 * @param calibration read before any row, so that one that cannot be read is no fault of a row
 */
export const servingScenarios = (calibration: ServingCalibration = publishedServing()): ScenarioTable => ({
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
  answer(row, others) {
    const scenario = scenarioOf(row, others);
    if ("why" in scenario) return scenario;
    const { ttftS, tpotS, tokensPerS, inDistribution, assumptions } = estimateEngine(scenario, {
      calibration,
    });
    // Whoever estimates may hand on what was assumed of the row.
    const further = assumptions.filter((assumption) => !scenario.assumptions.includes(assumption));
    return {
      figures: { ttft_s: ttftS, tpot_s: tpotS, tokens_per_s: tokensPerS },
      inDistribution,
      notes: [
        ...(scenario.assumptions.length > 0 ? [`assumed ${scenario.assumptions.join(", ")}`] : []),
        ...further,
      ],
    };
  },
});

/** The scenario of a row; of an open load whose row does not state the arrivals, with those that another row of its run states. */
function scenarioOf(row: GivenRow, others: readonly GivenRow[]): ServingScenario | { readonly why: string } {
  const scenario = readServingRow(row);
  if (!("why" in scenario && scenario.why.startsWith("no rate of arrivals"))) return scenario;
  const notes = others.map((other) => String(other.notes ?? "")).find((text) => /arrivals/.test(text));
  const found = notes === undefined ? scenario : readServingRow({ ...row, notes });
  if ("why" in found) return scenario;
  return { ...found, assumptions: [...found.assumptions, "arrivals of another row of the run"] };
}
