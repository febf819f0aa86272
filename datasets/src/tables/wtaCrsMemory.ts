import { oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Peak memory of fine-tuning T5 with WTA-CRS, LoRA and ladder side tuning.
 *
 * Source: Liu et al. 2023, *Winner-Take-All Column Row Sampling*, Table 2.
 *
 * @example
 * import { wtaCrsMemory } from "isoflop-datasets";
 * wtaCrsMemory().find((row) => row.method === "LoRA+WTA-CRS@0.3")?.printedCompression; // => "2.7"
 */
export const wtaCrsMemory = defineTable("wta_crs_memory", {
  model: oneOf("model", ["T5-Base", "T5-Large"]),
  method: text("method"),
  peakMemoryGb: positive("peak_memory_gb"),
  printedCompression: text("printed_compression"),
});
