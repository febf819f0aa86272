import { number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Six fits L(N, D) = cN N^-alpha + cD D^-beta + l0, with N and D in 1e9 and the loss in nats per byte,
 * as printed in Hu et al. 2024 (MiniCPM), Figure 10.
 *
 * - `panel`: panel of the figure
 * - `cN`: coefficient of N in 1e9 (nats per byte)
 * - `alpha`: exponent of N
 * - `cD`: coefficient of D in 1e9 (nats per byte)
 * - `beta`: exponent of D
 * - `l0`: irreducible loss (nats per byte)
 * - `kSquared`: K^2 of Nopt / Dopt = K^2 (C / 6)^eta, C in 1e18
 * - `eta`: eta
 * - `tokensPerParamAt1e21`: optimal D / N at 1e21 FLOPs (tokens per parameter)
 *
 * @example
 * import { minicpmFits } from "isoflop-datasets";
 * minicpmFits()[0]?.tokensPerParamAt1e21; // => 191.87
 */
export const minicpmFits = defineTable("minicpm_fits", {
  panel: text("panel"),
  cN: positive("c_n"),
  alpha: positive("alpha"),
  cD: positive("c_d"),
  beta: positive("beta"),
  l0: positive("l0_nats_per_byte"),
  kSquared: positive("k_squared_printed"),
  eta: number("eta_printed"),
  tokensPerParamAt1e21: positive("tokens_per_param_at_1e21_flops_printed"),
});
