import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Settings in which Redco trains models with Adam in float32.
 *
 * Source: README of tanyuqian/redco (Tan et al. 2024, arXiv 2310.16355).
 *
 * @example
 * import { redcoFits } from "isoflop-datasets";
 * redcoFits().length; // => 7
 */
export const redcoFits = defineTable("redco_fits", {
  hardware: text("hardware"),
  devices: integer("devices", { min: 1 }),
  memoryGbPerDevice: positive("memory_gb_per_device"),
  model: text("model"),
  maxTokens: integer("max_tokens", { min: 1 }),
});
