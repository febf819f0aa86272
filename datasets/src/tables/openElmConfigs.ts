import { integer, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Configurations of the four OpenELM models.
 *
 * Source: apple/corenet, pretraining configurations (Mehta et al. 2024, arXiv 2404.14619).
 *
 * @example
 * import { openElmConfigs } from "isoflop-datasets";
 * openElmConfigs().find((row) => row.model === "OpenELM-270M")?.nLayers; // => 16
 */
export const openElmConfigs = defineTable("open_elm_configs", {
  model: text("model"),
  nLayers: integer("n_layers", { min: 1 }),
  hiddenSize: integer("hidden_size", { min: 1 }),
  headSize: integer("head_size", { min: 1 }),
  gqaGroups: integer("gqa_groups", { min: 1 }),
  ffnMultiplierMin: positive("ffn_multiplier_min"),
  ffnMultiplierMax: positive("ffn_multiplier_max"),
  qkvMultiplierMin: positive("qkv_multiplier_min"),
  qkvMultiplierMax: positive("qkv_multiplier_max"),
  contextTokens: integer("context_tokens", { min: 1 }),
  vocabCorenet: integer("vocab_corenet", { min: 1 }),
  maxLr: positive("max_lr"),
  iterations: integer("iterations", { min: 1 }),
  tokensPerIteration: integer("tokens_per_iteration", { min: 1 }),
  listedQueryHeads: optional(text("listed_query_heads")),
  listedKvHeads: optional(text("listed_kv_heads")),
});
