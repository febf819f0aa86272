import { integer, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * How many of 10,000 samples were right, for 128 MATH problems and seven Pythia models (Brown et al.
 * 2024).
 *
 * - `model`: Pythia size
 * - `mathProblemIndex`: index of the MATH problem
 * - `nSamples`: samples drawn
 * - `nCorrect`: samples that were right
 *
 * @example
 * import { monkeysPythiaMathCounts } from "isoflop-datasets";
 * monkeysPythiaMathCounts().filter((row) => row.model === "pythia-70m").length; // => 128
 */
export const monkeysPythiaMathCounts = defineTable("monkeys_pythia_math_counts", {
  model: text("model"),
  mathProblemIndex: integer("math_problem_index", { min: 0 }),
  nSamples: integer("n_samples", { min: 1 }),
  nCorrect: integer("n_correct", { min: 0 }),
});
