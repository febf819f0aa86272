import type { LogRecord } from "./LogRecord.ts";
import { requestArrays } from "./requestArrays.ts";
import type {
  LoggedRun,
  LoggedSummary,
  LoggedTime,
  ReadServingLogOptions,
  ServingLog,
} from "./ServingLog.ts";
import { defined, summariseRequests } from "./summariseRequests.ts";

/** Whether a record is a result of SGLang's serving benchmark: it alone counts tokens again with the tokenizer. */
export function isSglangServing(record: LogRecord): boolean {
  return (
    record.has("request_throughput") &&
    (record.has("total_output_tokens_retokenized") ||
      record.has("mean_e2e_latency_ms") ||
      /^sglang/.test(record.text("backend") ?? ""))
  );
}

/** Whether a record is a result of vLLM's serving benchmark, or of the scripts that write the same fields. */
export function isVllmServing(record: LogRecord): boolean {
  return record.has("request_throughput") && (record.has("mean_ttft_ms") || record.has("model_id"));
}

/**
 * Reads results of `vllm bench serve --save-result [--save-detailed]` (and of the older `benchmark_serving.py`), or of
 * SGLang's `bench_serving.py`: one run a record. Times are in ms in the summary and in s in the lists.
 *
 * Sources: vLLM `vllm/benchmarks/serve.py`; SGLang `python/sglang/bench_serving.py`.
 */
export function servingResults(
  records: readonly LogRecord[],
  tool: "vllm bench serve" | "sglang bench_serving",
  options: ReadServingLogOptions,
  place: string,
): ServingLog {
  const notes: string[] = [];
  const runs = records.map((record, i): LoggedRun => {
    const where = records.length > 1 ? `${place}, run ${i + 1}` : place;
    const kept = requestArrays(record, where);
    if (kept) notes.push(...kept.notes.map((note) => (records.length > 1 ? `run ${i + 1}: ${note}` : note)));
    const own = kept ? summariseRequests(kept.requests) : {};
    const summary = { ...own, ...summaryOf(record, tool, options) };
    const failed = kept && kept.failed > 0 ? kept.failed : record.amount("failed");
    if (!kept && failed !== undefined && failed > 0) {
      notes.push(`${failed} requests failed; the benchmark's means are of those that succeeded`);
    }
    const counted = { ...summary, ...defined("failed", failed) };
    return { ...(kept ? { requests: kept.requests } : {}), summary: counted };
  });
  return { tool, runs, notes };
}

function summaryOf(record: LogRecord, tool: string, options: ReadServingLogOptions): LoggedSummary {
  const completed = record.amount("completed");
  const perRequest = (total: number | undefined) =>
    total !== undefined && completed ? total / completed : undefined;
  const backend = record.text("backend", "endpoint_type");
  const rate = record.text("request_rate") === "inf" ? Infinity : record.number("request_rate");
  const isSglang = tool === "sglang bench_serving";
  const e2e = millisecondFields(record, isSglang ? "e2e_latency" : "e2el");
  const output = record.amount("output_throughput");
  const total = record.amount("total_token_throughput", "total_throughput");
  const input = record.amount("input_throughput");
  return {
    ...defined("model", record.text("model_id", "model") ?? options.model),
    ...defined("engine", engineOf(backend) ?? (isSglang ? "sglang" : undefined)),
    ...defined("tensorParallel", record.amount("tensor_parallel_size", "tp")),
    ...defined("concurrency", record.amount("max_concurrency")),
    ...defined("requestRate", rate),
    ...defined("promptTokens", perRequest(record.amount("total_input_tokens")) ?? options.promptTokens),
    ...defined("outputTokens", perRequest(record.amount("total_output_tokens")) ?? options.outputTokens),
    ...defined("ttft", millisecondFields(record, "ttft")),
    ...defined("tpot", millisecondFields(record, "tpot")),
    ...defined("e2e", e2e),
    ...defined("requestsPerS", record.amount("request_throughput")),
    ...defined("outputTokensPerS", output),
    ...defined(
      "totalTokensPerS",
      total ?? (output !== undefined && input !== undefined ? output + input : undefined),
    ),
    ...defined("durationS", record.amount("duration")),
    ...defined("completed", completed),
  };
}

/** What serves behind a backend of these names; `openai` says only how it is spoken to. */
function engineOf(backend: string | undefined): string | undefined {
  if (backend === undefined) return undefined;
  if (/^vllm/.test(backend)) return "vllm";
  if (/^sglang/.test(backend)) return "sglang";
  if (/^(trt|tensorrt)/.test(backend)) return "trtllm";
  return /^lmdeploy/.test(backend) ? "lmdeploy" : undefined;
}

/**
 * A time of vLLM's or SGLang's results: `mean_NAME_ms`, `median_NAME_ms`, and `pNN_NAME_ms` for each percentile asked for.
 *
 * @returns undefined where none of them is there
 */
function millisecondFields(record: LogRecord, name: string): LoggedTime | undefined {
  const meanMs = record.amount(`mean_${name}_ms`);
  const percentilesS: Record<string, number> = {};
  const median = record.amount(`median_${name}_ms`);
  if (median !== undefined) percentilesS["50"] = median / 1e3;
  const pattern = new RegExp(`^p(\\d+(?:\\.\\d+)?)_${name}_ms$`);
  for (const field of Object.keys(record.fields)) {
    const percent = pattern.exec(field)?.[1];
    const value = percent === undefined ? undefined : record.amount(field);
    if (percent !== undefined && value !== undefined) percentilesS[percent] = value / 1e3;
  }
  if (meanMs === undefined && Object.keys(percentilesS).length === 0) return undefined;
  return { ...(meanMs === undefined ? {} : { meanS: meanMs / 1e3 }), percentilesS };
}
