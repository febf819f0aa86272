import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { guidellmReport, isGuidellm } from "./guidellmReport.ts";
import type { LogRecord } from "./LogRecord.ts";
import { logRecords } from "./logRecords.ts";
import {
  isSglangBatch,
  isVllmLatency,
  isVllmThroughput,
  sglangBatches,
  vllmLatency,
  vllmThroughput,
} from "./offlineResults.ts";
import { isPerfCsv, isPerfExport, perfCsv, perfExport } from "./perfExports.ts";
import { aiperfRecords, isAiperfRecord, isProfileExport, profileExport } from "./requestRecords.ts";
import type { ReadServingLogOptions, ServingLog } from "./ServingLog.ts";
import { isSglangServing, isVllmServing, servingResults } from "./servingResults.ts";
import { soundSummary } from "./soundSummary.ts";
import {
  consoleReport,
  gptManager,
  isConsoleReport,
  isGptManagerCsv,
  isGptManagerText,
  isTrtllmText,
  trtllmText,
} from "./textReports.ts";
import { isTrtllmReport, isTrtllmRequest, trtllmReport, trtllmRequests } from "./trtllmBench.ts";

/** What is read, for messages. */
const readable =
  "read are vLLM bench serve, latency and throughput (JSON), SGLang bench_serving and bench_one_batch (JSONL), trtllm-bench (report JSON, requests JSON, printed text), gptManagerBenchmark (text, CSV), genai-perf and AIPerf (profile_export*.json, .csv, .jsonl), guidellm (benchmarks.json), and the printed table of a serving benchmark";

type Reader = (records: readonly LogRecord[], options: ReadServingLogOptions, place: string) => ServingLog;

/** Told by the first record; all others must be of the same kind. */
const readers: readonly (readonly [is: (record: LogRecord) => boolean, read: Reader, isMany: boolean])[] = [
  [isGuidellm, ([record]) => guidellmReport(record!), false],
  [isProfileExport, ([record], options) => profileExport(record!, options), false],
  [isPerfExport, ([record], options, place) => perfExport(record!, options, place), false],
  [isAiperfRecord, aiperfRecords, true],
  [isTrtllmReport, ([record]) => trtllmReport(record!), false],
  [isTrtllmRequest, trtllmRequests, true],
  [isVllmLatency, ([record], options, place) => vllmLatency(record!, options, place), false],
  [isVllmThroughput, ([record], options) => vllmThroughput(record!, options), false],
  [isSglangBatch, sglangBatches, true],
  [isSglangServing, (records, ...rest) => servingResults(records, "sglang bench_serving", ...rest), true],
  [isVllmServing, (records, ...rest) => servingResults(records, "vllm bench serve", ...rest), true],
];

/**
 * Reads what a serving benchmark wrote, whichever it was: told by its content, not by its name. Times come out in seconds,
 * lengths in tokens; failed requests and requests without an output token are counted, named in the notes, and averaged
 * into nothing.
 *
 * Read are vLLM (`bench serve`, `latency`, `throughput`), SGLang (`bench_serving`, `bench_one_batch`), TensorRT-LLM
 * (`trtllm-bench`, `gptManagerBenchmark`), genai-perf, AIPerf and guidellm; each reader names the writer's source file.
 *
 * @param text the whole file
 * @throws RangeError on a text that is empty, cut off or of none of these, naming what was seen and what is read; on lists
 *   that cannot be paired; on an unknown unit; without lengths where the log has none
 * @example
 * import { readServingLog } from "isoflop";
 * const text = JSON.stringify({
 *   model_id: "m",
 *   request_throughput: 0.5,
 *   mean_ttft_ms: 40,
 *   input_lens: [512, 512],
 *   output_lens: [3, 0],
 *   ttfts: [0.04, 0],
 *   itls: [[0.01, 0.02], []],
 *   errors: ["", "timeout"],
 * });
 * const log = readServingLog(text);
 * log.runs[0]?.requests; // => [{ promptTokens: 512, outputTokens: 3, ttftS: 0.04, tpotS: 0.015, e2eS: 0.07 }]
 * log.notes; // => ["1 of 2 requests failed and are left out, the first being number 2 (timeout)"]
 */
export function readServingLog(text: string, options: ReadServingLogOptions = {}): ServingLog {
  requireOptions("readServingLog", options, ["name", "promptTokens", "outputTokens", "batch", "model"]);
  if (typeof text !== "string") throw new TypeError("readServingLog needs the text of a log");
  for (const name of ["promptTokens", "outputTokens", "batch"] as const) {
    if (options[name] !== undefined) requireWhole(name, options[name], 1, "give a count, such as 512");
  }
  const place = options.name ?? "the log";
  const bare = text.replace(/^\uFEFF/, "");
  if (bare.trim() === "") throw new RangeError(`${place} is empty; ${readable}`);
  // Lines of a console may begin with a bracket, too: [08/21/2025-01:02:03].
  const isText = /^\s*\[(?!\s*[{\]])/.test(bare) && isReport(bare);
  const records = isText ? undefined : logRecords(bare, place);
  if (records === undefined) return withRuns(readText(bare, options, place), place);
  const [first] = records;
  if (first === undefined) throw new RangeError(`${place} holds an empty list; ${readable}`);
  const reader = readers.find(([is]) => is(first));
  if (reader === undefined) {
    const seen = Object.keys(first.fields);
    const names = `the fields ${seen.slice(0, 8).join(", ")}${seen.length > 8 ? ", …" : ""}`;
    throw new RangeError(
      `${place} is JSON with ${seen.length === 0 ? "no field" : names}, which is no benchmark's log that is known; ${readable}`,
    );
  }
  const [is, read, isMany] = reader;
  const other = records.findIndex((record) => !is(record));
  if (other > 0 || (!isMany && records.length > 1)) {
    throw new RangeError(
      `${place}: record ${(other > 0 ? other : 1) + 1} is of another kind than the first, or one too many; give each log alone`,
    );
  }
  return withRuns(read(records, options, place), place);
}

/**
 * Whether a text is a log that {@link readServingLog} knows, by its content; what is wrong in it is told by reading it.
 *
 * @example
 * import { isServingLog } from "isoflop";
 * isServingLog("prompt_tokens,output_tokens,runtime_s"); // => false
 */
export function isServingLog(text: string): boolean {
  const bare = text.replace(/^\uFEFF/, "");
  const start = bare.trimStart();
  if (isReport(bare) || isGptManagerCsv(start) || isPerfCsv(start)) return true;
  try {
    const [first] = logRecords(bare, "the log") ?? [];
    return first !== undefined && readers.some(([is]) => is(first));
  } catch {
    return false;
  }
}

const isReport = (text: string) => isTrtllmText(text) || isGptManagerText(text) || isConsoleReport(text);

function readText(text: string, options: ReadServingLogOptions, place: string): ServingLog {
  if (isTrtllmText(text)) return trtllmText(text);
  if (isGptManagerText(text) || isGptManagerCsv(text.trimStart())) {
    return gptManager(text.trimStart(), options);
  }
  if (isConsoleReport(text)) return consoleReport(text, options);
  if (isPerfCsv(text.trimStart())) return perfCsv(text.trimStart(), options, place);
  const line = text.trim().split(/\r?\n/)[0]!;
  const seen = line.length > 80 ? `${line.slice(0, 77)}...` : line;
  throw new RangeError(
    `${place} begins with "${seen}", which is no benchmark's log that is known; ${readable}`,
  );
}

function withRuns(log: ServingLog, place: string): ServingLog {
  if (log.runs.length > 0) {
    const notes = [...log.notes];
    const runs = log.runs.map((run, i) => {
      const { summary, dropped } = soundSummary(run.summary);
      if (dropped.length > 0) {
        const which = log.runs.length > 1 ? `run ${i + 1}: ` : "";
        notes.push(`${which}${dropped.join(", ")}: values of 0 or that are no number are left out`);
      }
      return { ...run, summary };
    });
    return { ...log, runs, notes };
  }
  throw new RangeError(`${place} is of ${log.tool} and holds no run; give the file of a finished benchmark`);
}
