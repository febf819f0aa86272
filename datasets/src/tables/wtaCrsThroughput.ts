import { integer, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Throughput of fine-tuning T5 by batch size with and without WTA-CRS, digitised.
 *
 * Source: Liu et al. 2023, *Winner-Take-All Column Row Sampling*, Figure 8.
 *
 * @example
 * import { wtaCrsThroughput } from "isoflop-datasets";
 * wtaCrsThroughput().filter((row) => row.model === "T5-Large").length; // => 16
 */
export const wtaCrsThroughput = defineTable("wta_crs_throughput", {
  model: oneOf("model", ["T5-Large", "T5-3B"]),
  method: oneOf("method", ["Full", "WTA-CRS@0.3", "WTA-CRS@0.1"]),
  batchSize: integer("batch_size", { min: 1 }),
  sentencesPerS: positive("sentences_per_s"),
  limitBatch: integer("limit_batch", { min: 1 }),
});
