import { keptRequests, type TriedRequest } from "./keptRequests.ts";
import type { LogRecord } from "./LogRecord.ts";
import type { LoggedSummary, LoggedTime, ServingLog } from "./ServingLog.ts";
import { defined, summariseRequests } from "./summariseRequests.ts";

/** Whether a record is what `trtllm-bench --report_json` writes. */
export const isTrtllmReport = (record: LogRecord) => record.has("engine", "performance", "request_info");

/** Whether a record is a request of `trtllm-bench --request_json`; its times are in ns. */
export const isTrtllmRequest = (record: LogRecord) =>
  record.has("num_input_tokens", "start_timestamp", "end_timestamp");

/**
 * Reads the report of `trtllm-bench --report_json`; times are in ms, by their names.
 *
 * Source: TensorRT-LLM `tensorrt_llm/bench/dataclasses/reporting.py`.
 */
export function trtllmReport(record: LogRecord): ServingLog {
  const engine = record.at("engine");
  const world = record.at("world_info");
  const info = record.at("request_info");
  const speed = record.at("performance");
  const streaming = record.at("streaming_metrics");
  const quantization = engine.text("quantization");
  const summary: LoggedSummary = {
    engine: "trtllm",
    ...defined("model", engine.text("model")),
    ...defined("hardware", record.at("machine").text("name")),
    ...defined("precision", quantization ?? engine.text("dtype")),
    ...defined("tensorParallel", world.amount("tp_size")),
    ...defined("pipelineParallel", world.amount("pp_size")),
    ...defined("expertParallel", world.amount("ep_size")),
    ...defined("promptTokens", info.amount("avg_input_length")),
    ...defined("outputTokens", info.amount("avg_output_length")),
    ...defined("ttft", timeMs(streaming.amount("avg_ttft_ms"), streaming.at("ttft_percentiles"))),
    ...defined("tpot", timeMs(streaming.amount("avg_tpot_ms"), streaming.at("tpot_percentiles"))),
    ...defined(
      "e2e",
      timeMs(speed.amount("avg_request_latency_ms"), speed.at("request_latency_percentiles_ms")),
    ),
    ...defined("requestsPerS", speed.amount("request_throughput_req_s")),
    ...defined("outputTokensPerS", speed.amount("system_output_throughput_tok_s")),
    ...defined("totalTokensPerS", speed.amount("system_total_throughput_tok_s")),
    ...defined("durationS", divided(speed.amount("total_latency_ms"), 1e3)),
    ...defined("completed", info.amount("num_requests")),
  };
  const inFlight = info.amount("avg_num_concurrent_requests");
  return {
    tool: "trtllm-bench",
    ...defined("version", engine.text("version")),
    runs: [{ summary }],
    notes: concurrencyNote(inFlight),
  };
}

/** What a report says of requests in flight: what was measured, not the limit that was set. */
export function concurrencyNote(inFlight: number | undefined): string[] {
  return inFlight === undefined
    ? []
    : [
        `${Number(inFlight.toPrecision(4))} requests were in flight on average; the limit that was set is not in the log`,
      ];
}

/** Reads the requests of `trtllm-bench --request_json`. */
export function trtllmRequests(records: readonly LogRecord[]): ServingLog {
  const tried = records.map((record): TriedRequest => {
    const outputs = record.amount("num_output_tokens") ?? record.amount("output_tokens");
    const errors = record.amount("error_tokens") ?? 0;
    return {
      promptTokens: record.amount("num_input_tokens"),
      outputTokens: outputs ?? record.list("tokens")?.length,
      ttftS: divided(record.amount("time_to_first_token"), 1e9) || undefined,
      e2eS: divided(record.amount("end_to_end_latency"), 1e9),
      error: errors > 0 ? `${errors} error tokens` : "",
    };
  });
  const { requests, failed, notes } = keptRequests(tried);
  const summary = { ...summariseRequests(requests), engine: "trtllm", failed };
  return { tool: "trtllm-bench", runs: [{ requests, summary }], notes };
}

function timeMs(meanMs: number | undefined, spread: LogRecord): LoggedTime | undefined {
  const percentilesS: Record<string, number> = {};
  for (const name of Object.keys(spread.fields)) {
    const percent = /^p(\d+)$/.exec(name)?.[1];
    const value = percent === undefined ? undefined : spread.amount(name);
    if (percent !== undefined && value !== undefined) percentilesS[percent] = value / 1e3;
  }
  if (meanMs === undefined && Object.keys(percentilesS).length === 0) return undefined;
  return { ...(meanMs === undefined ? {} : { meanS: meanMs / 1e3 }), percentilesS };
}

const divided = (value: number | undefined, by: number) => (value === undefined ? undefined : value / by);
