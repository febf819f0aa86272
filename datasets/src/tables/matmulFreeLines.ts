import { number, oneOf } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Two lines, loss = intercept + slope log10(FLOPs), digitised from the scaling figure of Zhu et al. 2024
 * (MatMul-free LM).
 *
 * - `model`: architecture
 * - `intercept`: loss at 1 FLOP (nats per token)
 * - `slope`: change of loss for ten times the compute (nats per token per decade)
 *
 * @example
 * import { matmulFreeLines } from "isoflop-datasets";
 * matmulFreeLines().length; // => 2
 */
export const matmulFreeLines = defineTable("matmul_free_lines", {
  model: oneOf("model", ["matmulfree", "transformer_pp"]),
  intercept: number("loss_intercept_nats_digitised"),
  slope: number("loss_per_decade_flops_digitised"),
});
