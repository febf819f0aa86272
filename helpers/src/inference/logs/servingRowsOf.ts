import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { LoggedRun, LoggedSummary, LoggedTime, ServingLog } from "./ServingLog.ts";

/** A measurement in the columns of a table of serving measurements; a field that is not known is empty. */
export interface ServingRow {
  readonly source: string;
  readonly model: string;
  readonly hardware: string;
  readonly n_devices: number | "";
  readonly precision: string;
  readonly engine: string;
  readonly mode: "agg";
  readonly parallel: string;
  readonly tp: number | "";
  readonly pp: number | "";
  readonly dp: number | "";
  /** Requests at a time; empty of a load by rate. */
  readonly batch: number | "";
  /** Requests sent a second, of a load by rate. */
  readonly rate: number | "";
  readonly load: string;
  readonly isl: number | "";
  readonly osl: number | "";
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  /** Key of the run: rows of one run have the same. */
  readonly measurement: string;
  readonly notes: string;
}

/** What a log does not tell of the machine. What is given here goes before what the log says. */
export interface ServingRowsOptions {
  /** Such as "h100_sxm"; needed where the log does not say. */
  readonly hardware?: string;
  readonly model?: string;
  /** "vllm", "sglang", "trtllm" or another; its version may follow after a space. */
  readonly engine?: string;
  /** Such as "fp8". */
  readonly precision?: string;
  readonly tensorParallel?: number;
  readonly pipelineParallel?: number;
  readonly dataParallel?: number;
  /** Key of the run, to which its number is added where there are several. Default: the tool. */
  readonly measurement?: string;
}

/**
 * The runs of a log as rows of serving measurements, one a quantity: `ttft` and `tpot` (means over requests, ms), their
 * percentiles (`ttft p99`), `output throughput` (tokens/s of all devices). They are what a calibration of the engine model
 * takes; with fewer than all devices' data parallelism stated, tp and pp count them.
 *
 * @throws RangeError without hardware or model where neither log nor options say it, and on counts that are none
 * @example
 * import { readServingLog, servingRowsOf } from "isoflop";
 * const log = readServingLog(
 *   JSON.stringify({ model_id: "Qwen/Qwen3-8B", request_throughput: 2, mean_ttft_ms: 50, mean_tpot_ms: 9, max_concurrency: 8 }),
 * );
 * const rows = servingRowsOf(log, { hardware: "h100_sxm", tensorParallel: 1 });
 * rows.map((row) => `${row.quantity} ${row.value} ${row.unit}`); // => ["ttft 50 ms", "tpot 9 ms"]
 * rows[0]?.load; // => "closed loop, concurrency"
 */
export function servingRowsOf(log: ServingLog, options: ServingRowsOptions = {}): ServingRow[] {
  requireOptions("servingRowsOf", options, [
    "hardware",
    "model",
    "engine",
    "precision",
    "tensorParallel",
    "pipelineParallel",
    "dataParallel",
    "measurement",
  ]);
  for (const name of ["tensorParallel", "pipelineParallel", "dataParallel"] as const) {
    if (options[name] !== undefined)
      requireWhole(name, options[name], 1, "give a count of devices, such as 8");
  }
  const key = options.measurement ?? log.tool.replaceAll(" ", "-");
  return log.runs.flatMap((run, i) => {
    const measurement = log.runs.length > 1 ? `${key}-${i + 1}` : key;
    const shared = { ...describe(log, run, options), measurement };
    return quantities(run.summary).map(([quantity, value, unit]) => ({ ...shared, quantity, value, unit }));
  });
}

type Described = Omit<ServingRow, "quantity" | "value" | "unit" | "measurement">;

function describe(log: ServingLog, { summary }: LoggedRun, options: ServingRowsOptions): Described {
  const model = options.model ?? summary.model;
  const hardware = options.hardware ?? summary.hardware;
  if (model === undefined) {
    throw new RangeError(`this log of ${log.tool} does not say which model was served; give model`);
  }
  if (hardware === undefined) {
    throw new RangeError(
      `this log of ${log.tool} does not say on which accelerator; give hardware, such as "h100_sxm"`,
    );
  }
  const tp = options.tensorParallel ?? summary.tensorParallel ?? "";
  const pp = options.pipelineParallel ?? summary.pipelineParallel ?? "";
  const dp = options.dataParallel ?? "";
  const engine = options.engine ?? [summary.engine, engineVersion(log)].filter(Boolean).join(" ");
  const devices: number | "" = tp === "" ? "" : tp * (pp === "" ? 1 : pp) * (dp === "" ? 1 : dp);
  const failed = summary.failed ?? 0;
  return {
    source: log.tool,
    model,
    hardware,
    n_devices: devices,
    precision: options.precision ?? summary.precision ?? "",
    engine,
    mode: "agg",
    parallel: "",
    tp,
    pp,
    dp,
    ...loadOf(summary),
    isl: rounded(summary.promptTokens),
    osl: rounded(summary.outputTokens),
    notes: ["mean over requests", ...(failed > 0 ? [`${failed} failed and are left out`] : [])].join("; "),
  };
}

/** Only TensorRT-LLM's log tells the version of the engine; that of the others is the tool's. */
const engineVersion = (log: ServingLog) => (log.tool === "trtllm-bench" ? log.version : undefined);

function loadOf({
  concurrency,
  requestRate,
  batch,
}: LoggedSummary): Pick<ServingRow, "batch" | "rate" | "load"> {
  if (batch !== undefined) return { batch, rate: "", load: "static batch" };
  // With both, the limit of requests at a time is what holds the load down.
  if (concurrency !== undefined) {
    return { batch: concurrency, rate: "", load: "closed loop, concurrency" };
  }
  if (requestRate === undefined) return { batch: "", rate: "", load: "" };
  return requestRate === Infinity
    ? { batch: "", rate: "", load: "offline, all at once" }
    : { batch: "", rate: requestRate, load: "Poisson arrivals" };
}

function quantities(summary: LoggedSummary): (readonly [quantity: string, value: number, unit: string])[] {
  const time = (name: string, time: LoggedTime | undefined) => {
    if (time === undefined) return [];
    const percentiles = Object.entries(time.percentilesS).sort(([a], [b]) => Number(a) - Number(b));
    return [
      ...(time.meanS === undefined ? [] : [[name, time.meanS * 1e3, "ms"] as const]),
      ...percentiles.map(([percent, value]) => [`${name} p${percent}`, value * 1e3, "ms"] as const),
    ];
  };
  const output = summary.outputTokensPerS;
  return [
    ...time("ttft", summary.ttft),
    ...time("tpot", summary.tpot),
    ...(output === undefined ? [] : [["output throughput", output, "tokens/s, all devices"] as const]),
  ];
}

const rounded = (value: number | undefined) => (value === undefined ? "" : Math.round(value));
