import { isObject, LogRecord } from "./LogRecord.ts";
import type { LoggedSummary, LoggedTime, ReadServingLogOptions, ServingLog } from "./ServingLog.ts";
import { secondsOf, unitsInSecond } from "./secondsOf.ts";
import { defined } from "./summariseRequests.ts";

/** Whether a record is `profile_export_genai_perf.json` or `profile_export_aiperf.json`: a metric with its unit a field. */
export const isPerfExport = (record: LogRecord) =>
  ["request_latency", "request_throughput", "output_token_throughput"].some(
    (name) => record.at(name).text("unit") !== undefined,
  );

/** Whether a text is the CSV of one of the two. */
export const isPerfCsv = (text: string) => /^"?Metric"?,"?avg"?,/.test(text);

/** One metric: its unit, and its statistics by their names there. */
interface Metric {
  readonly unit: string;
  readonly statistics: LogRecord;
}

/**
 * Reads the summaries of genai-perf and AIPerf, JSON or CSV. Each metric names its unit (ns, ms or sec), so none is assumed.
 *
 * Sources: perf_analyzer `genai-perf/genai_perf/export_data/json_exporter.py` and `csv_exporter.py`; AIPerf
 * `src/aiperf/exporters/metrics_json_exporter.py`, `metrics_csv_exporter.py` and its documented JSON schema.
 */
export function perfExport(record: LogRecord, options: ReadServingLogOptions, place: string): ServingLog {
  const metrics = new Map<string, Metric>();
  for (const name of Object.keys(record.fields)) {
    const statistics = record.at(name);
    const unit = statistics.text("unit");
    if (unit !== undefined) metrics.set(name, { unit, statistics });
  }
  const config = record.at("input_config");
  const isAiperf = record.has("aiperf_version") || config.at("loadgen").has("concurrency");
  const errors = (record.list("error_summary") ?? []).filter(isObject).map((error) => new LogRecord(error));
  const failed = errors.length > 0 ? errors.reduce((sum, error) => sum + (error.amount("count") ?? 1), 0) : 0;
  const stimulus = config.at("perf_analyzer", "stimulus");
  const names =
    config.at("endpoint").list("model_names") ?? config.list("model_names") ?? config.list("model");
  const model = names?.find((name): name is string => typeof name === "string") ?? config.text("model");
  const log = summaryLog(isAiperf ? "aiperf" : "genai-perf", metrics, options, place, {
    ...defined("model", model),
    ...defined(
      "concurrency",
      config.at("loadgen").amount("concurrency") ??
        config.amount("concurrency") ??
        stimulus.amount("concurrency"),
    ),
    ...defined(
      "requestRate",
      config.at("loadgen").amount("request_rate") ??
        config.amount("request_rate") ??
        stimulus.amount("request_rate"),
    ),
    ...(failed > 0 ? { failed } : {}),
  });
  const version = record.text("aiperf_version");
  const notes =
    failed > 0 ? [`${failed} requests failed; the benchmark's means are of those that succeeded`] : [];
  return { ...log, ...defined("version", version), notes };
}

/** The CSV of genai-perf or AIPerf: metrics with statistics, and below them metrics of one value. */
export function perfCsv(text: string, options: ReadServingLogOptions, place: string): ServingLog {
  const metrics = new Map<string, Metric>();
  let header: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const cells = csvCells(line);
    if (cells[0] === "Metric") {
      header = cells.slice(1);
      continue;
    }
    // Telemetry of the accelerators follows in a table of its own.
    if (cells[0] === "Endpoint") break;
    if (cells.length < 2 || cells[0] === "") continue;
    const [, name, unit] = /^(.*?)\s*(?:\(([^()]*)\))?$/.exec(cells[0]!)!;
    const key = name!.toLowerCase().replaceAll(" ", "_").replaceAll("-", "_");
    const statistics = Object.fromEntries(
      header.map((title, i) => [title === "Value" ? "avg" : title, (cells[i + 1] ?? "").replaceAll(",", "")]),
    );
    metrics.set(key, { unit: unit ?? "", statistics: new LogRecord(statistics) });
  }
  const isAiperf = header.includes("Value") ? /,std\b|,p1,/.test(text.split("\n")[0]!) : false;
  return summaryLog(isAiperf ? "aiperf" : "genai-perf", metrics, options, place, {});
}

function summaryLog(
  tool: "genai-perf" | "aiperf",
  metrics: ReadonlyMap<string, Metric>,
  options: ReadServingLogOptions,
  place: string,
  known: LoggedSummary,
): ServingLog {
  const time = (name: string): LoggedTime | undefined => {
    const metric = metrics.get(name);
    if (!metric) return undefined;
    if (unitsInSecond(metric.unit) === undefined) {
      throw new RangeError(
        `${place}: ${name} is in "${metric.unit}", which is no unit of time; fix the file`,
      );
    }
    const percentilesS: Record<string, number> = {};
    for (const field of Object.keys(metric.statistics.fields)) {
      const percent = /^p(\d+)$/.exec(field)?.[1];
      const value = percent === undefined ? undefined : metric.statistics.amount(field);
      if (percent !== undefined && value !== undefined)
        percentilesS[percent] = secondsOf(value, metric.unit)!;
    }
    const average = metric.statistics.amount("avg");
    return { ...(average === undefined ? {} : { meanS: secondsOf(average, metric.unit)! }), percentilesS };
  };
  const average = (...names: string[]) => {
    for (const name of names) {
      const value = metrics.get(name)?.statistics.amount("avg");
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const summary: LoggedSummary = {
    ...defined("model", options.model),
    ...defined("promptTokens", average("input_sequence_length", "num_input_token") ?? options.promptTokens),
    ...defined(
      "outputTokens",
      average("output_sequence_length", "num_output_token", "output_token_count") ?? options.outputTokens,
    ),
    ...defined("ttft", time("time_to_first_token")),
    ...defined("tpot", time("inter_token_latency")),
    ...defined("e2e", time("request_latency")),
    ...defined("requestsPerS", average("request_throughput")),
    ...defined("outputTokensPerS", average("output_token_throughput")),
    ...defined("totalTokensPerS", average("total_token_throughput")),
    ...defined("completed", average("request_count")),
    ...known,
  };
  return { tool, runs: [{ summary }], notes: [] };
}

/** The cells of a line of CSV; none of these files holds a line break in a cell. */
function csvCells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? "").trim(),
  );
}
