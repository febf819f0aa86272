import type { LoggedSummary, LoggedTime, ReadServingLogOptions, ServingLog } from "./ServingLog.ts";
import { defined } from "./summariseRequests.ts";
import { concurrencyNote } from "./trtllmBench.ts";

/** Whether a text holds the report that `trtllm-bench` prints. */
export const isTrtllmText = (text: string) => /^=\s*PERFORMANCE OVERVIEW/m.test(text);

/** Whether a text holds the lines that `gptManagerBenchmark` prints. */
export const isGptManagerText = (text: string) => /\\?\[BENCHMARK\\?\] num_samples/.test(text);

/** Whether a text is the CSV of `gptManagerBenchmark --output_csv`. */
export const isGptManagerCsv = (text: string) =>
  /^num_samples,(num_error_samples,)?total_latency\(ms\)/.test(text);

/** Whether a text holds the table that vLLM, SGLang and their kin print at the end. */
export const isConsoleReport = (text: string) => /=+ Serving Benchmark Result =+/.test(text);

/**
 * Reads what `trtllm-bench` prints: `Name: value` lines, and percentiles as `[TTFT] P99 : value`, in ms.
 *
 * Source: TensorRT-LLM `tensorrt_llm/bench/dataclasses/reporting.py`, `report_statistics`.
 */
export function trtllmText(text: string): ServingLog {
  const value = (label: string) => numberAfter(text, `^${escaped(label)}\\s*:\\s*`);
  const word = (label: string) => new RegExp(`^${escaped(label)}:[ \\t]*(.+)$`, "m").exec(text)?.[1]?.trim();
  const time = (mean: string, tag: string) => {
    const percentilesS: Record<string, number> = {};
    for (const [, percent, ms] of text.matchAll(
      new RegExp(`^\\[${tag}\\] P(\\d+)\\s*:\\s*([\\d.]+)`, "gm"),
    )) {
      percentilesS[percent!] = Number(ms) / 1e3;
    }
    return timeOf(value(mean), percentilesS);
  };
  const machine = /^= MACHINE DETAILS[^\n]*\n=+\n(.+?), memory/m.exec(text)?.[1];
  const summary: LoggedSummary = {
    engine: "trtllm",
    ...defined("model", word("Model")),
    ...defined("hardware", machine),
    ...defined("precision", known(word("Quantization")) ?? known(word("Dtype"))),
    ...defined("tensorParallel", value("TP Size")),
    ...defined("pipelineParallel", value("PP Size")),
    ...defined("expertParallel", value("EP Size")),
    ...defined("promptTokens", value("Average Input Length (tokens)")),
    ...defined("outputTokens", value("Average Output Length (tokens)")),
    ...defined("ttft", time("Average time-to-first-token [TTFT] (ms)", "TTFT")),
    ...defined("tpot", time("Average time-per-output-token [TPOT] (ms)", "TPOT")),
    ...defined("e2e", time("Average request latency (ms)", "Latency")),
    ...defined("requestsPerS", value("Request Throughput (req/sec)")),
    ...defined("outputTokensPerS", value("Total Output Throughput (tokens/sec)")),
    ...defined("totalTokensPerS", value("Total Token Throughput (tokens/sec)")),
    ...defined("durationS", seconds(value("Total Latency (ms)"))),
    ...defined("completed", value("Number of requests")),
  };
  const version = word("TensorRT LLM Version") ?? word("TensorRT-LLM Version");
  const notes = concurrencyNote(value("Number of concurrent requests"));
  return { tool: "trtllm-bench", ...defined("version", version), runs: [{ summary }], notes };
}

/**
 * Reads what `gptManagerBenchmark` prints (`[BENCHMARK] avg_time_to_first_token(ms) 12.5`) or writes as CSV (one row of the
 * same names). Lengths are not inside and come from the options.
 *
 * Source: TensorRT-LLM `benchmarks/cpp/gptManagerBenchmark.cpp`, `Recorder::report` and `writeOpMetricsToCsv`.
 */
export function gptManager(text: string, options: ReadServingLogOptions): ServingLog {
  const figures = isGptManagerCsv(text) ? csvFigures(text) : lineFigures(text);
  const runs = figures.map((of) => {
    const time = (name: string) =>
      timeOf(of.get(`avg_${name}(ms)`), {
        ...percentileOf(of, "50", name),
        ...percentileOf(of, "90", name),
        ...percentileOf(of, "99", name),
      });
    const failed = of.get("num_error_samples");
    const samples = of.get("num_samples");
    const summary: LoggedSummary = {
      engine: "trtllm",
      ...defined("model", options.model),
      ...defined("promptTokens", options.promptTokens),
      ...defined("outputTokens", options.outputTokens),
      ...defined("ttft", time("time_to_first_token")),
      ...defined("tpot", time("inter_token_latency")),
      ...defined("e2e", time("sequence_latency")),
      ...defined("requestsPerS", of.get("seq_throughput(seq/sec)")),
      ...defined("outputTokensPerS", of.get("token_throughput(token/sec)")),
      ...defined("durationS", seconds(of.get("total_latency(ms)"))),
      ...defined("completed", samples),
      ...defined("failed", failed),
    };
    return { summary };
  });
  const notes = runs.flatMap(({ summary }) =>
    (summary.failed ?? 0) > 0
      ? [`${summary.failed} requests failed; the benchmark's means are of those that succeeded`]
      : [],
  );
  return { tool: "gptManagerBenchmark", runs, notes };
}

/**
 * Reads the table that vLLM's and SGLang's serving benchmarks print, from a console or an issue.
 *
 * Sources: vLLM `vllm/benchmarks/serve.py`; SGLang `python/sglang/bench_serving.py`.
 */
export function consoleReport(text: string, options: ReadServingLogOptions): ServingLog {
  const [first, ...reports] = text.split(/=+ Serving Benchmark Result =+/);
  const isSglang = /^\s*Backend:\s+sglang/m.test(text) || /\(retokenized\)/.test(text);
  const runs = reports.map((report, i) => {
    // Older versions say the load before the table, below the end of the one before.
    const before = (i === 0 ? first! : reports[i - 1]!).split(/={20,}/).at(-1)!;
    const said = (label: string) => numberAfter(before, `^\\W*${escaped(label)}\\s+`);
    const table = report.split(/={20,}/)[0]!;
    const value = (label: string) => numberAfter(table, `^\\W*${escaped(label)}\\s+`);
    const time = (name: string) => {
      const percentilesS: Record<string, number> = {};
      const median = value(`Median ${name} (ms):`);
      if (median !== undefined) percentilesS["50"] = median / 1e3;
      for (const [, percent, ms] of table.matchAll(
        new RegExp(`^\\W*P(\\d+) ${escaped(name)} \\(ms\\):\\s+([\\d.]+)`, "gm"),
      )) {
        percentilesS[percent!] = Number(ms) / 1e3;
      }
      return timeOf(value(`Mean ${name} (ms):`), percentilesS);
    };
    const completed = value("Successful requests:");
    const perRequest = (total: number | undefined) =>
      total !== undefined && completed ? total / completed : undefined;
    const summary: LoggedSummary = {
      ...(isSglang ? { engine: "sglang" } : {}),
      ...defined("model", options.model),
      ...defined(
        "concurrency",
        value("Maximum request concurrency:") ??
          value("Max request concurrency:") ??
          said("Maximum request concurrency:"),
      ),
      ...defined(
        "requestRate",
        value("Request rate configured (RPS):") ??
          value("Traffic request rate:") ??
          said("Traffic request rate:"),
      ),
      ...defined("promptTokens", perRequest(value("Total input tokens:")) ?? options.promptTokens),
      ...defined("outputTokens", perRequest(value("Total generated tokens:")) ?? options.outputTokens),
      ...defined("ttft", time("TTFT")),
      ...defined("tpot", time("TPOT")),
      ...defined("e2e", time("E2EL") ?? time("E2E Latency")),
      ...defined("requestsPerS", value("Request throughput (req/s):")),
      ...defined("outputTokensPerS", value("Output token throughput (tok/s):")),
      ...defined(
        "totalTokensPerS",
        value("Total token throughput (tok/s):") ?? value("Total Token throughput (tok/s):"),
      ),
      ...defined("durationS", value("Benchmark duration (s):")),
      ...defined("completed", completed),
      ...defined("failed", value("Failed requests:")),
    };
    return { summary };
  });
  return {
    tool: isSglang ? "sglang bench_serving" : "vllm bench serve",
    runs,
    notes: ["read from the table that the benchmark prints, which is rounded to two decimals"],
  };
}

function timeOf(meanMs: number | undefined, percentilesS: Record<string, number>): LoggedTime | undefined {
  if (meanMs === undefined && Object.keys(percentilesS).length === 0) return undefined;
  return { ...(meanMs === undefined ? {} : { meanS: meanMs / 1e3 }), percentilesS };
}

function percentileOf(
  of: ReadonlyMap<string, number>,
  percent: string,
  name: string,
): Record<string, number> {
  const ms = of.get(`p${percent}_${name}(ms)`);
  return ms === undefined ? {} : { [percent]: ms / 1e3 };
}

function lineFigures(text: string): Map<string, number>[] {
  const runs: Map<string, number>[] = [];
  for (const [, name, value] of text.matchAll(/\\?\[BENCHMARK\\?\] (\S+(?: \S+)??)\s+(-?[\d.]+)\s*$/gm)) {
    // The first line of a run is repeated once in newer versions, before any other figure.
    if (name === "num_samples" && (runs.length === 0 || runs.at(-1)!.size > 2)) runs.push(new Map());
    runs.at(-1)?.set(name!, Number(value));
  }
  return runs;
}

function csvFigures(text: string): Map<string, number>[] {
  const [header, ...rows] = text.split(/\r?\n/).filter((row) => row.trim() !== "");
  const names = header!.split(",").map((name) => name.trim());
  return rows.map((row) => {
    const cells = row.split(",");
    return new Map(
      names.flatMap((name, i): [string, number][] => {
        const cell = cells[i]?.trim() ?? "";
        return name === "" || cell === "" || Number.isNaN(Number(cell)) ? [] : [[name, Number(cell)]];
      }),
    );
  });
}

function numberAfter(text: string, pattern: string): number | undefined {
  const found = new RegExp(`${pattern}([\\d.,]+(?:[eE][+-]?\\d+)?|inf)`, "m").exec(text)?.[1];
  if (found === undefined) return undefined;
  const value = found === "inf" ? Infinity : Number(found.replaceAll(",", ""));
  return Number.isNaN(value) ? undefined : value;
}

const escaped = (label: string) => label.replace(/[[\](){}.*+?^$|\\/]/g, "\\$&");
const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1e3);
const known = (word: string | undefined) => (word === undefined || word === "None" ? undefined : word);
