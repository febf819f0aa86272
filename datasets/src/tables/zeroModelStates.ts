import { flag, integer, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Bytes of model states on each device by ZeRO stage, as ZeRO prints them in Table 1.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), Table 1.
 *
 * @example
 * import { zeroModelStates } from "isoflop-datasets";
 * zeroModelStates().find((row) => row.model === "7.5B" && row.dataParallel === 64 && row.stage === 3)?.printedGb; // => "1.88"
 */
export const zeroModelStates = defineTable("zero_model_states", {
  model: text("model"),
  nParams: integer("n_params", { min: 1 }),
  dataParallel: integer("data_parallel", { min: 1 }),
  stage: integer("stage", { min: 1, max: 3 }),
  printedGb: text("printed_gb"),
  isFirstFit: flag("is_first_fit"),
});
