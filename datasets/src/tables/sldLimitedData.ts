import { integer, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 161 runs on repeated data of Muennighoff et al. 2023: the training rows of SLDBench's limited-data task.
 *
 * @example
 * import { sldLimitedData } from "isoflop-datasets";
 * sldLimitedData().every((run) => run.nUniqueTokens <= run.nTokens); // => true
 */
export const sldLimitedData = defineTable("sld_limited_data", {
  nParams: integer("n_params", { min: 1 }),
  nTokens: integer("n_tokens", { min: 1 }),
  nUniqueTokens: integer("n_unique_tokens", { min: 1 }),
  loss: positive("loss_nats"),
});
