import { oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Memory, steps and accuracy of Sparse MeZO beside MeZO and fine-tuning.
 *
 * Source: Liu et al., *Sparse MeZO*, sections on performance, convergence and memory.
 *
 * @example
 * import { sparseMezo } from "isoflop-datasets";
 * sparseMezo().filter((row) => row.quantity === "memory").length; // => 4
 */
export const sparseMezo = defineTable("sparse_mezo", {
  model: oneOf("model", ["LLaMA-7B", "LLaMA-30B"]),
  method: oneOf("method", ["ft", "mezo", "sparse-mezo", "sparse-mezo-stored-mask"]),
  quantity: oneOf("quantity", [
    "memory",
    "steps to 70 % on RTE",
    "RTE accuracy",
    "BoolQ accuracy",
    "SuperGLUE average",
  ]),
  value: positive("value"),
});
