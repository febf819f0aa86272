import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The six small models whose losses anchor the densing law.
 *
 * - `name`: name
 * - `nParams`: model size (parameters)
 * - `batchSize`: batch (sequences)
 * - `nLayers`: layers
 * - `dModel`: width
 * - `dFfn`: width of the feed-forward
 * - `dHead`: width of a head
 * - `nHeads`: query heads
 * - `nKvHeads`: key and value heads
 *
 * @example
 * import { densingReferenceModels } from "isoflop-datasets";
 * densingReferenceModels().length; // => 6
 */
export const densingReferenceModels = defineTable("densing_reference_models", {
  name: text("name"),
  nParams: positive("n_params"),
  batchSize: integer("batch_size", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
  dModel: integer("d_model", { min: 1 }),
  dFfn: integer("d_ffn", { min: 1 }),
  dHead: integer("d_head", { min: 1 }),
  nHeads: integer("n_heads", { min: 1 }),
  nKvHeads: integer("n_kv_heads", { min: 1 }),
});
