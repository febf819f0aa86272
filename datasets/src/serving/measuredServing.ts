import type { Row } from "../csv/defineTable.ts";
import { servingRuns } from "../tables/servingRuns.ts";

/** A published figure of serving, with the run that it was measured in. */
// A type, so that readers of rows by column take it.
export type ServingFigure = {
  /** Model, hardware, precision and engine: what to leave out together. */
  readonly group: string;
  readonly source: string;
  readonly model: string;
  readonly hardware: string | undefined;
  readonly nDevices: number | undefined;
  readonly precision: string;
  readonly engine: string;
  readonly mode: string;
  readonly parallel: string;
  readonly tp: number | undefined;
  readonly pp: number | undefined;
  readonly dp: number | undefined;
  /** Requests at a time, of closed loops. */
  readonly batch: number | undefined;
  readonly load: string;
  /** Prompt and output tokens; "dataset" where they vary as in a data set. */
  readonly isl: number | "dataset";
  readonly osl: number | "dataset";
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly date: string | undefined;
  readonly measurement: string;
  readonly notes: string;
  readonly sourceRef: string;
};

type Run = Row<typeof servingRuns>;

const sources = {
  aiconfigurator: {
    name: "aiconfigurator silicon_sample",
    files:
      "github:ai-dynamo/aiconfigurator@095f58a51c4c:aic-core/src/aiconfigurator_core/systems/silicon_sample.csv#",
    notes: "mean over requests",
  },
  mlperf: {
    name: "MLPerf Inference v5.1",
    files: "github:mlcommons/inference_results_v5.1@965182b03376:closed/",
    notes: "",
  },
  trtllm: {
    name: "TensorRT-LLM perf-overview",
    files: "github:NVIDIA/TensorRT-LLM@",
    notes: "fixed lengths; kv fraction 0.90-0.95",
  },
} as const;

const loads = {
  closed: "closed loop, concurrency",
  open: "Poisson arrivals under TTFT/TPOT limits",
  "open tight": "Poisson arrivals, tight limits",
  offline: "offline, infinite request rate, batch chosen by the engine",
  "at once": "offline, all at once",
  one: "one at a time",
} as const;

/** Quantity and unit of a column as its source names them. */
const figures: readonly (readonly [keyof Run, string, string])[] = [
  ["ttftMeanMs", "ttft mean", "ms"],
  ["ttftP50Ms", "ttft p50", "ms"],
  ["ttftP99Ms", "ttft p99", "ms"],
  ["tpotMeanMs", "tpot mean", "ms"],
  ["tpotP99Ms", "tpot p99", "ms"],
  ["outputTokensPerS", "throughput, whole system", "Tokens/s"],
  ["tokensPerSDevice", "output throughput", "tokens/s per device"],
  ["queriesPerS", "Queries/s", "Queries/s"],
  ["latencyMs", "Latency (ms)", "Latency (ms)"],
  ["watts", "power, whole system", "W"],
  ["joulesPerToken", "energy per output token", "J"],
];

let all: readonly ServingFigure[] | undefined;

/**
 * Published measurements of serving, one row a figure: time to first token and per output token, throughput, power.
 *
 * Rows with the same `measurement` belong to one run. Judge a model of serving by leaving out whole `group`s, models or
 * accelerators. `servingRuns` gives one row a run; its datasheet says what to be careful with.
 *
 * @example
 * import { measuredServing } from "isoflop-datasets";
 * const rows = measuredServing().filter((row) => row.measurement === "aic80");
 * rows.map(({ quantity, value, unit }) => `${quantity} ${value} ${unit}`); // => ["ttft 324.692 ms", "tpot 5.46912 ms"]
 */
export function measuredServing(): readonly ServingFigure[] {
  all ??= Object.freeze(servingRuns().flatMap(figuresOf));
  return all;
}

function figuresOf(run: Run): ServingFigure[] {
  const { name, files, notes } = sources[run.source];
  const found: ServingFigure[] = [];
  for (const [column, quantity, unit] of figures) {
    const value = run[column];
    if (typeof value !== "number") continue;
    found.push(
      Object.freeze({
        group: `${run.model}|${run.hardware ?? ""}|${run.precision}|${run.engine.split(/\s/)[0]}`,
        source: name,
        model: run.model,
        hardware: run.hardware,
        nDevices: run.nDevices,
        precision: run.precision,
        engine: run.engine,
        mode: run.mode,
        parallel: run.parallel,
        tp: run.tp,
        pp: run.pp,
        dp: run.dp,
        batch: run.batch,
        load: loads[run.load],
        isl: run.isl ?? "dataset",
        osl: run.osl ?? "dataset",
        ...named(run.source, quantity, unit),
        value,
        date: run.date,
        measurement: run.measurement,
        notes: run.notes ?? notes,
        sourceRef: `${files}${run.sourceRef}`,
      }),
    );
  }
  return found;
}

/** aiconfigurator gives means without saying so, TensorRT-LLM the throughput of all devices in words of its own. */
function named(source: Run["source"], quantity: string, unit: string) {
  if (source === "aiconfigurator") return { quantity: quantity.replace(" mean", ""), unit };
  if (source === "trtllm" && unit === "Tokens/s") {
    return { quantity: "output throughput", unit: "tokens/s, all devices" };
  }
  return { quantity, unit };
}
