import { integer, number, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 1 of Puri et al. 2025.
 *
 * - `setting`: kind of model
 * - `model`: model
 * - `method`: inference method, "-" for one sample
 * - `math500Pct`: MATH-500 (%)
 * - `aime24Solved`: AIME 2024 (problems of 30)
 * - `nGenerations`: budget (generations)
 *
 * @example
 * import { particleFilteringMath } from "isoflop-datasets";
 * particleFilteringMath().filter((row) => row.method === "Particle Filtering").map((row) => row.math500Pct); // => [79.3, 84.6, 87.7]
 */
export const particleFilteringMath = defineTable("particle_filtering_math", {
  setting: oneOf("setting", ["closed", "open", "slm"]),
  model: text("model"),
  method: text("method"),
  math500Pct: number("math500_pct", { min: 0, max: 100 }),
  aime24Solved: integer("aime24_solved", { min: 0 }),
  nGenerations: integer("n_generations", { min: 1 }),
});
