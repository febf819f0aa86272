import { integer, number, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * How many samples are best on HumanEval for a given cost of a false positive (Stroebl et al. 2024).
 *
 * - `model`: model
 * - `falsePositiveReward`: reward of accepting a wrong answer, at 1 for a right one
 * - `maxReward`: mean reward at the optimum
 * - `optimalK`: 0 means abstain, 200 is the cap (samples)
 * - `kMaxSimulated`: cap of the simulation (samples)
 *
 * @example
 * import { flawsHumanevalOptimalK } from "isoflop-datasets";
 * flawsHumanevalOptimalK().find((row) => row.model === "Llama 3.1 70B" && row.falsePositiveReward === -1)?.optimalK; // => 25
 */
export const flawsHumanevalOptimalK = defineTable("flaws_humaneval_optimal_k", {
  model: text("model"),
  falsePositiveReward: number("false_positive_reward"),
  maxReward: number("max_reward"),
  optimalK: integer("optimal_k", { min: 0 }),
  kMaxSimulated: integer("k_max_simulated", { min: 1 }),
});
