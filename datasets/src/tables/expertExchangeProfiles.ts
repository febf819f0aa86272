import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Measured time of DeepEP's low-latency kernels, which send tokens to their experts (dispatch) and results back (combine).
 *
 * @example
 * import { expertExchangeProfiles } from "isoflop-datasets";
 * const rows = expertExchangeProfiles().filter((row) => row.accelerator === "h100-sxm-80gb" && row.nodes === 1);
 * rows.find((row) => row.hiddenSize === 7168 && row.nExperts === 256 && row.tokens === 128)?.dispatchMicroseconds; // => 36.721
 */
export const expertExchangeProfiles = defineTable("expert_exchange_profiles", {
  accelerator: text("accelerator"),
  version: text("version"),
  nodes: integer("nodes", { min: 1 }),
  devices: integer("devices", { min: 2 }),
  hiddenSize: integer("hidden_size", { min: 1 }),
  tokens: integer("tokens", { min: 1 }),
  topK: integer("top_k", { min: 1 }),
  nExperts: integer("n_experts", { min: 1 }),
  dispatchMicroseconds: positive("dispatch_microseconds"),
  combineMicroseconds: positive("combine_microseconds"),
  sourceRef: text("source_ref"),
});
