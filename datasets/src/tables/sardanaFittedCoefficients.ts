import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 1 of Sardana et al. 2024: how the fitted law moves as over-trained runs are added.
 *
 * - `dataSubset`: which runs, by tokens per parameter
 * - `alpha`: exponent of parameters
 * - `beta`: exponent of tokens
 * - `a`: coefficient of parameters
 * - `b`: coefficient of tokens
 * - `e`: irreducible loss (nats per token)
 *
 * @example
 * import { sardanaFittedCoefficients } from "isoflop-datasets";
 * sardanaFittedCoefficients().length; // => 5
 */
export const sardanaFittedCoefficients = defineTable("sardana_fitted_coefficients", {
  dataSubset: text("data_subset"),
  alpha: positive("alpha"),
  beta: positive("beta"),
  a: positive("a"),
  b: positive("b"),
  e: positive("e"),
});
