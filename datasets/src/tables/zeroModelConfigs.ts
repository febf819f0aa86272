import { integer, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Layers and widths of the models that ZeRO measures, as printed.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), Table 4.
 *
 * @example
 * import { zeroModelConfigs } from "isoflop-datasets";
 * zeroModelConfigs().find((row) => row.label === "1.5B")?.hiddenSize; // => 1600
 */
export const zeroModelConfigs = defineTable("zero_model_configs", {
  figure: text("figure"),
  label: text("label"),
  nLayers: integer("n_layers", { min: 1 }),
  hiddenSize: integer("hidden_size", { min: 1 }),
});
