import { integer, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Largest models on GPUs of 32 GB by ZeRO stage, by formula and measured, as ZeRO prints them in Table 2.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), Table 2.
 *
 * @example
 * import { zeroMaxModels } from "isoflop-datasets";
 * zeroMaxModels().find((row) => row.modelParallel === 1 && row.stage === 3)?.printedBillions; // => "128"
 */
export const zeroMaxModels = defineTable("zero_max_models", {
  modelParallel: integer("model_parallel", { min: 1 }),
  devices: integer("devices", { min: 1 }),
  kind: oneOf("kind", ["theory", "measured"]),
  stage: integer("stage", { min: 0, max: 3 }),
  printedBillions: text("printed_billions"),
});
