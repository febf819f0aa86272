import { integer, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Published measurements of serving, one row a run: time to first token and per output token, throughput, power. What they were
 * done with stands in `servingSetups`; `servingRuns` joins both.
 *
 * @example
 * import { servingFigures } from "isoflop-datasets";
 * servingFigures()[0]!.ttftMeanMs; // => 324.692
 */
export const servingFigures = defineTable("serving_figures", {
  setup: integer("setup", { min: 0 }),
  measurement: optional(text("measurement")),
  isl: optional(integer("isl", { min: 1 })),
  osl: optional(integer("osl", { min: 1 })),
  batch: optional(integer("batch", { min: 1 })),
  date: optional(text("date")),
  ttftMeanMs: optional(positive("ttft_mean_ms")),
  ttftP50Ms: optional(positive("ttft_p50_ms")),
  ttftP99Ms: optional(positive("ttft_p99_ms")),
  tpotMeanMs: optional(positive("tpot_mean_ms")),
  tpotP99Ms: optional(positive("tpot_p99_ms")),
  outputTokensPerS: optional(positive("output_tokens_per_s")),
  tokensPerSDevice: optional(positive("tokens_per_s_device")),
  queriesPerS: optional(positive("queries_per_s")),
  latencyMs: optional(positive("latency_ms")),
  watts: optional(positive("watts")),
  joulesPerToken: optional(positive("joules_per_token")),
  notes: optional(text("notes")),
  entry: optional(text("entry")),
});
