import { keptRequests, type TriedRequest } from "./keptRequests.ts";
import { isObject, LogRecord } from "./LogRecord.ts";
import type { LoggedRun, LoggedSummary, LoggedTime, ServingLog } from "./ServingLog.ts";
import { defined, summariseRequests } from "./summariseRequests.ts";

/** Whether a record is guidellm's `benchmarks.json`. */
export const isGuidellm = (record: LogRecord) => {
  const benchmarks = record.list("benchmarks");
  return benchmarks?.every((one) => isObject(one) && "metrics" in one) ?? false;
};

/**
 * Reads guidellm's report: a run for each of its benchmarks (one strategy at one rate). Names say the unit (`_ms`), request
 * latency is in s. Statistics are those of the successful requests; time per token is guidellm's inter-token latency, since
 * its time per output token counts the first token in.
 *
 * Sources: guidellm `src/guidellm/schemas/request_stats.py`, `src/guidellm/benchmark/schemas/generative/metrics.py`, and for
 * versions before 0.4 `src/guidellm/benchmark/benchmark.py`.
 */
export function guidellmReport(record: LogRecord): ServingLog {
  const notes: string[] = [];
  const benchmarks = record
    .list("benchmarks")!
    .filter(isObject)
    .map((fields) => new LogRecord(fields));
  const runs = benchmarks.map((benchmark, i): LoggedRun => {
    const groups = benchmark.at("requests");
    const tried = (["successful", "errored"] as const).flatMap((status) =>
      (groups.list(status) ?? []).filter(isObject).map((fields) => requestOf(new LogRecord(fields), status)),
    );
    const kept = tried.length > 0 ? keptRequests(tried) : undefined;
    const totals = benchmark.at("metrics", "request_totals");
    const made = totals.has("successful") ? totals : benchmark.at("scheduler_metrics", "requests_made");
    const run = benchmarks.length > 1 ? `run ${i + 1}: ` : "";
    notes.push(...(kept?.notes ?? []).map((note) => run + note));
    const failed = made.amount("errored") ?? kept?.failed;
    if (!kept && failed) notes.push(`${run}${failed} requests failed; the means are of those that succeeded`);
    const incomplete = made.amount("incomplete") ?? 0;
    if (incomplete > 0) notes.push(`${run}${incomplete} requests were cut off by the benchmark's end`);
    const summary = {
      ...(kept ? summariseRequests(kept.requests) : {}),
      ...summaryOf(benchmark, record),
      ...defined("completed", made.amount("successful") ?? kept?.requests.length),
      ...defined("failed", failed),
    };
    return kept && kept.requests.length > 0 ? { requests: kept.requests, summary } : { summary };
  });
  const version = record.at("metadata").text("guidellm_version");
  return { tool: "guidellm", ...defined("version", version), runs, notes };
}

function requestOf(request: LogRecord, status: "successful" | "errored"): TriedRequest {
  const milliseconds = (name: string) => {
    const value = request.amount(name);
    return value === undefined || value === 0 ? undefined : value / 1e3;
  };
  const error = request.text("error") ?? "errored";
  return {
    promptTokens: request.amount("prompt_tokens"),
    outputTokens: request.amount("output_tokens"),
    ttftS: milliseconds("time_to_first_token_ms"),
    tpotS: milliseconds("inter_token_latency_ms"),
    e2eS: request.amount("request_latency"),
    error: status === "errored" ? error : "",
  };
}

function summaryOf(benchmark: LogRecord, report: LogRecord): LoggedSummary {
  const metrics = benchmark.at("metrics");
  const time = (name: string, inSecond: number): LoggedTime | undefined => {
    const spread = metrics.at(name, "successful");
    const average = spread.amount("mean");
    if (average === undefined) return undefined;
    const percentilesS: Record<string, number> = {};
    const written = spread.at("percentiles");
    for (const field of Object.keys(written.fields)) {
      const percent = /^p(\d\d)$/.exec(field)?.[1];
      const value = percent === undefined ? undefined : written.amount(field);
      if (percent !== undefined && value !== undefined) percentilesS[percent] = value / inSecond;
    }
    return { meanS: average / inSecond, percentilesS };
  };
  const average = (name: string) => metrics.at(name, "successful").amount("mean");
  const strategy = benchmark.at("config", "strategy").has("type_")
    ? benchmark.at("config", "strategy")
    : benchmark.at("args", "strategy");
  const kind = strategy.text("type_");
  const model =
    benchmark.at("config", "backend").text("model") ??
    benchmark.at("worker").text("backend_model") ??
    report.at("args").text("model") ??
    report.at("args", "backend_kwargs").text("model");
  return {
    ...defined("model", model),
    ...(kind === "synchronous" ? { concurrency: 1 } : defined("concurrency", strategy.amount("streams"))),
    ...(kind === "throughput" ? { requestRate: Infinity } : defined("requestRate", strategy.amount("rate"))),
    ...defined("promptTokens", average("prompt_token_count")),
    ...defined("outputTokens", average("output_token_count")),
    ...defined("ttft", time("time_to_first_token_ms", 1e3)),
    ...defined("tpot", time("inter_token_latency_ms", 1e3)),
    ...defined("e2e", time("request_latency", 1)),
    ...defined("requestsPerS", average("requests_per_second")),
    ...defined("outputTokensPerS", average("output_tokens_per_second")),
    ...defined("totalTokensPerS", average("tokens_per_second")),
    ...defined("durationS", benchmark.amount("duration")),
  };
}
