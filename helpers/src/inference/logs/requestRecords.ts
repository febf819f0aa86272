import { keptRequests, type TriedRequest } from "./keptRequests.ts";
import { isObject, LogRecord } from "./LogRecord.ts";
import type { LoggedRun, ReadServingLogOptions, ServingLog } from "./ServingLog.ts";
import { secondsOf } from "./secondsOf.ts";
import { defined, summariseRequests } from "./summariseRequests.ts";

/** Whether a record is a line of AIPerf's `profile_export.jsonl`. */
export const isAiperfRecord = (record: LogRecord) => record.has("metadata") && record.has("metrics");

/** Whether a record is `profile_export.json` of perf_analyzer, as genai-perf leaves it. */
export const isProfileExport = (record: LogRecord) => record.list("experiments") !== undefined;

/**
 * Reads AIPerf's requests, one a line; each value names its unit. Requests of the warm-up are left out.
 *
 * Source: AIPerf `docs/tutorials/working-with-profile-exports.md` and `src/aiperf/common/models/record_models.py`.
 */
export function aiperfRecords(records: readonly LogRecord[], options: ReadServingLogOptions): ServingLog {
  const profiled = records.filter((record) => {
    const metadata = record.at("metadata");
    return (metadata.text("benchmark_phase", "credit_phase") ?? "profiling") === "profiling";
  });
  const tried = profiled.map((record): TriedRequest => {
    const metrics = record.at("metrics");
    const time = (name: string) => {
      const value = metrics.at(name).amount("value");
      // Without a unit the values are those of the display, which is in ms.
      return value === undefined ? undefined : secondsOf(value, metrics.at(name).text("unit") ?? "ms");
    };
    const error = record.at("error");
    const said = record.text("error") ?? error.text("message", "type");
    const cancelled = record.at("metadata").fields.was_cancelled === true ? "cancelled" : "";
    return {
      promptTokens: metrics.at("input_sequence_length").amount("value"),
      outputTokens:
        metrics.at("output_sequence_length").amount("value") ??
        metrics.at("output_token_count").amount("value"),
      ttftS: time("time_to_first_token"),
      tpotS: time("inter_token_latency"),
      e2eS: time("request_latency"),
      error: said ?? cancelled,
    };
  });
  const { requests, failed, notes } = keptRequests(tried);
  const warm = records.length - profiled.length;
  const summary = { ...summariseRequests(requests), ...defined("model", options.model), failed };
  return {
    tool: "aiperf",
    runs: [{ requests, summary }],
    notes: warm > 0 ? [`${warm} requests of the warm-up are left out`, ...notes] : notes,
  };
}

/**
 * Reads `profile_export.json`: time stamps of each request and its responses in ns. How many tokens they hold is not
 * inside; lengths come from the options, and without them only the times are told.
 *
 * Source: perf_analyzer's profile export, as `genai_perf/profile_data_parser` reads it.
 */
export function profileExport(record: LogRecord, options: ReadServingLogOptions): ServingLog {
  const { promptTokens, outputTokens } = options;
  const hasLengths = promptTokens !== undefined && outputTokens !== undefined;
  const notes: string[] = [];
  const experiments = record
    .list("experiments")!
    .filter(isObject)
    .map((fields) => new LogRecord(fields));
  const runs = experiments.map((experiment): LoggedRun => {
    const tried = (experiment.list("requests") ?? []).filter(isObject).map((fields): TriedRequest => {
      const request = new LogRecord(fields);
      const start = request.amount("timestamp");
      const stamps = (request.list("response_timestamps") ?? []).filter(
        (stamp): stamp is number => typeof stamp === "number",
      );
      const since = (stamp: number | undefined) =>
        start === undefined || stamp === undefined ? undefined : (stamp - start) / 1e9;
      return {
        promptTokens: promptTokens ?? 1,
        outputTokens: outputTokens ?? 1,
        ttftS: stamps.length > 1 ? since(stamps[0]) : undefined,
        e2eS: since(stamps.at(-1)),
        error: stamps.length === 0 ? "no response" : "",
      };
    });
    const kept = keptRequests(tried);
    notes.push(...kept.notes);
    const own = summariseRequests(kept.requests);
    const mode = experiment.at("experiment");
    const summary = {
      ...(hasLengths ? own : { ...defined("ttft", own.ttft), ...defined("e2e", own.e2e) }),
      completed: kept.requests.length,
      failed: kept.failed,
      ...defined("model", options.model),
      ...(mode.text("mode") === "concurrency" ? defined("concurrency", mode.amount("value")) : {}),
      ...(mode.text("mode") === "request_rate" ? defined("requestRate", mode.amount("value")) : {}),
    };
    return hasLengths ? { requests: kept.requests, summary } : { summary };
  });
  if (!hasLengths) {
    notes.push(
      "this log holds no token counts: give promptTokens and outputTokens, or read profile_export_genai_perf.json beside it",
    );
  }
  return { tool: "genai-perf", ...defined("version", record.text("version")), runs, notes };
}
