import { keptRequests } from "./keptRequests.ts";
import type { LogRecord } from "./LogRecord.ts";
import type { LoggedRequest, LoggedRun, ReadServingLogOptions, ServingLog } from "./ServingLog.ts";
import { defined, summariseRequests } from "./summariseRequests.ts";

/** Whether a record is a result of `vllm bench latency --output-json`. */
export const isVllmLatency = (record: LogRecord) => record.has("avg_latency", "latencies");

/** Whether a record is a result of `vllm bench throughput --output-json`. */
export const isVllmThroughput = (record: LogRecord) =>
  record.has("elapsed_time", "num_requests") && record.has("requests_per_second");

/** Whether a record is a line of SGLang's `bench_one_batch` or `bench_one_batch_server`. */
export const isSglangBatch = (record: LogRecord) =>
  record.has("batch_size", "input_len", "output_len") &&
  (record.has("prefill_latency") || record.has("total_latency") || record.has("latency"));

/**
 * Reads a result of `vllm bench latency`: `latencies` are seconds of one whole batch, each iteration one value. Lengths and
 * batch are not inside, so they come from the options.
 *
 * Source: vLLM `vllm/benchmarks/latency.py`.
 *
 * @throws RangeError without `promptTokens` and `outputTokens` among the options
 */
export function vllmLatency(record: LogRecord, options: ReadServingLogOptions, place: string): ServingLog {
  const { promptTokens, outputTokens, batch } = options;
  if (promptTokens === undefined || outputTokens === undefined) {
    throw new RangeError(
      `${place} is of vllm bench latency, which does not write how long its prompts and outputs are; give both ` +
        "(promptTokens and outputTokens: --input-len and --output-len of the benchmark, 32 and 128 if they were not given)",
    );
  }
  const latencies = (record.list("latencies") ?? []).filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value) && value > 0,
  );
  const requests = latencies.map((e2eS): LoggedRequest => ({ promptTokens, outputTokens, e2eS }));
  const meanS = record.amount("avg_latency");
  const percentilesS: Record<string, number> = {};
  const written = record.at("percentiles");
  for (const name of Object.keys(written.fields)) {
    const value = written.amount(name);
    if (value !== undefined) percentilesS[name] = value;
  }
  const notes = ["each value is the time of one whole batch; time to first token is not in the log"];
  if (batch === undefined)
    notes.push("the batch is not in the log; give it (batch), the benchmark's default is 8");
  return {
    tool: "vllm bench latency",
    runs: [
      {
        requests,
        summary: {
          ...summariseRequests(requests),
          engine: "vllm",
          ...defined("model", options.model),
          ...defined("batch", batch),
          e2e: { ...(meanS === undefined ? {} : { meanS }), percentilesS },
        },
      },
    ],
    notes,
  };
}

/**
 * Reads a result of `vllm bench throughput`: requests and tokens a second with all requests given at once.
 *
 * Source: vLLM `vllm/benchmarks/throughput.py`.
 */
export function vllmThroughput(record: LogRecord, options: ReadServingLogOptions): ServingLog {
  const { promptTokens, outputTokens, model } = options;
  const requestsPerS = record.amount("requests_per_second");
  const totalTokensPerS = record.amount("tokens_per_second");
  const own = record.amount("output_tokens_per_second");
  // The share of output tokens follows from both lengths, where they are known.
  const share =
    promptTokens !== undefined && outputTokens !== undefined
      ? outputTokens / (promptTokens + outputTokens)
      : undefined;
  const outputTokensPerS =
    own ?? (share !== undefined && totalTokensPerS !== undefined ? share * totalTokensPerS : undefined);
  const notes =
    outputTokensPerS === undefined
      ? [
          "prompt and output tokens are counted together in this log; give both lengths for output tokens a second",
        ]
      : [];
  return {
    tool: "vllm bench throughput",
    runs: [
      {
        summary: {
          engine: "vllm",
          requestRate: Infinity,
          ...defined("model", model),
          ...defined("promptTokens", promptTokens),
          ...defined("outputTokens", outputTokens),
          ...defined("requestsPerS", requestsPerS),
          ...defined("totalTokensPerS", totalTokensPerS),
          ...defined("outputTokensPerS", outputTokensPerS),
          ...defined("durationS", record.amount("elapsed_time")),
          ...defined("completed", record.amount("num_requests")),
        },
      },
    ],
    notes,
  };
}

/**
 * Reads lines of SGLang's `bench_one_batch` (`prefill_latency`, `median_decode_latency`, `total_latency`) and of
 * `bench_one_batch_server` (`latency`, `last_ttft`), all in seconds of one whole batch.
 *
 * Source: SGLang `python/sglang/bench_one_batch.py`, and the result file that SGLang's documentation shows.
 */
export function sglangBatches(records: readonly LogRecord[], options: ReadServingLogOptions): ServingLog {
  const notes: string[] = [];
  const runs = records.map((record, i): LoggedRun => {
    const outputTokens = record.amount("output_len");
    const ttftS = record.amount("prefill_latency", "last_ttft");
    const e2eS = record.amount("total_latency", "latency");
    const tpotS = record.amount("median_decode_latency");
    const kept = keptRequests([
      { promptTokens: record.amount("input_len"), outputTokens, ttftS, tpotS, e2eS },
    ]);
    const which = records.length > 1 ? `line ${i + 1}: ` : "";
    notes.push(...kept.notes.map((note) => which + note));
    return {
      ...(kept.requests.length > 0 ? { requests: kept.requests } : {}),
      summary: {
        ...summariseRequests(kept.requests),
        engine: "sglang",
        ...defined("model", options.model),
        ...defined("batch", record.amount("batch_size")),
        ...defined("outputTokensPerS", record.amount("output_throughput")),
        ...defined("totalTokensPerS", record.amount("overall_throughput")),
      },
    };
  });
  return { tool: "sglang bench_one_batch", runs, notes: ["each time is that of one whole batch", ...notes] };
}
