import { integer, oneOf, optional, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Published measurements of serving, one row a run: time to first token and per output token, throughput, power; model,
 * accelerator, engine, layout, load, lengths. `measuredServing` gives the same, one row a figure.
 *
 * @example
 * import { servingRuns } from "isoflop-datasets";
 * servingRuns().find((run) => run.measurement === "aic80")?.ttftMeanMs; // => 324.692
 */
export const servingRuns = defineTable("serving_runs", {
  measurement: text("measurement"),
  source: oneOf("source", ["aiconfigurator", "mlperf", "trtllm"]),
  model: text("model"),
  hardware: optional(text("hardware")),
  nDevices: optional(integer("n_devices", { min: 1 })),
  precision: text("precision"),
  engine: text("engine"),
  mode: text("mode"),
  parallel: text("parallel"),
  tp: optional(integer("tp", { min: 1 })),
  pp: optional(integer("pp", { min: 1 })),
  dp: optional(integer("dp", { min: 1 })),
  batch: optional(integer("batch", { min: 1 })),
  load: oneOf("load", ["closed", "open", "open tight", "offline", "at once", "one"]),
  isl: optional(integer("isl", { min: 1 })),
  osl: optional(integer("osl", { min: 1 })),
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
  date: optional(text("date")),
  notes: optional(text("notes")),
  sourceRef: text("source_ref"),
});
