import { cellText, quoted, type TableRow } from "../../rows/rowCells.ts";
import type { ServingScenario } from "../ServingScenario.ts";
import { readServingRow } from "./readServingRow.ts";
import { statedArrivals } from "./servingLoad.ts";

/** What a row measured, in SI units. */
export interface MeasuredServing {
  readonly scenario: ServingScenario;
  readonly quantity: ServingQuantity;
  readonly statistic: "mean" | "p50" | "p90" | "p99";
  /** Seconds, output tokens a second of all devices, watts of the whole system, joules an output token. */
  readonly value: number;
}

/** Quantities of tables of serving measurements. */
export type ServingQuantity =
  | "ttft"
  | "tpot"
  | "latency"
  | "output throughput"
  | "power"
  | "energy per token";

const seconds: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  "latency (ms)": 1e-3,
};

/**
 * The scenario of a row, and the figure that was measured in it; or why none can be had. Of open loops whose row does not state
 * the rate of arrivals, it is taken from the notes of other rows of the same run, else from the throughput of the run over its
 * mean output.
 *
 * @param row cells by column, with quantity, value and unit
 * @param run other rows with the same `measurement`
 * @example
 * import { measuredServingOf } from "isoflop";
 * const row = { model: "Llama-3.3-70B", hardware: "B200", precision: "fp4", engine: "TensorRT-LLM v1.0", parallel: "TP1 PP1",
 *   n_devices: 1, load: "offline", isl: 128, osl: 2048, quantity: "output throughput", unit: "tokens/s, all devices", value: 9922 };
 * const measured = measuredServingOf(row);
 * "why" in measured ? measured.why : `${measured.statistic} ${measured.quantity} ${measured.value}`;
 * // => "mean output throughput 9922"
 */
export function measuredServingOf(
  row: TableRow,
  run: readonly TableRow[] = [],
): MeasuredServing | { readonly why: string } {
  const first = readServingRow(row);
  const scenario =
    "why" in first && /^no rate of arrivals/.test(first.why) ? readServingRow(withRate(row, run)) : first;
  if ("why" in scenario) return scenario;
  const text = cellText(row, "quantity").toLowerCase();
  const unit = cellText(row, "unit").toLowerCase();
  const value = Number(cellText(row, "value"));
  if (!(value > 0 && value < Infinity)) return { why: `value must be > 0, got ${quoted(String(row.value))}` };
  const statistic = /\bp(50|90|99)\b/.exec(text)?.[0] as "p50" | "p90" | "p99" | undefined;
  const time = /^(ttft|tpot|itl|latency)\b/.exec(text)?.[1];
  if (time !== undefined) {
    const factor = seconds[unit];
    if (factor === undefined) return { why: `unit of ${text} must be s or ms, got ${quoted(unit)}` };
    const quantity = time === "itl" ? "tpot" : (time as "ttft" | "tpot" | "latency");
    // MLPerf's single stream gives the 90th percentile.
    return {
      scenario,
      quantity,
      statistic: statistic ?? (quantity === "latency" ? "p90" : "mean"),
      value: value * factor,
    };
  }
  const whole = wholeSystem(text, unit, value, scenario);
  if (whole === undefined) return { why: `no quantity that is known: ${text} in ${unit || "no unit"}` };
  return { scenario, statistic: "mean", ...whole };
}

function wholeSystem(
  text: string,
  unit: string,
  value: number,
  scenario: ServingScenario,
): { readonly quantity: ServingQuantity; readonly value: number } | undefined {
  if (/^power\b/.test(text) && unit === "w") return { quantity: "power", value };
  if (/^energy per (?:output )?token\b/.test(text) && unit === "j")
    return { quantity: "energy per token", value };
  if (/^tokens\/s per (?:device|gpu)/.test(unit)) {
    return { quantity: "output throughput", value: value * scenarioDevices(scenario) };
  }
  // MLPerf's summary calls tokens a second of Llama-3.1-8B Interactive queries: as requests they would be 90 times what the
  // same machine does offline.
  const isRate = /throughput|queries/.test(text) && /^(?:tokens|queries)\/s/.test(unit);
  return isRate ? { quantity: "output throughput", value } : undefined;
}

/** Devices of all instances of a scenario. */
function scenarioDevices({ serve, prefill }: ServingScenario): number {
  return [serve, ...(prefill ? [prefill] : [])].reduce((sum, { instances, layout }) => {
    const { tensorParallel, pipelineParallel, attentionDataParallel } = layout;
    return sum + instances * tensorParallel * pipelineParallel * attentionDataParallel;
  }, 0);
}

/** The row with a rate of arrivals, where the run tells it. */
function withRate(row: TableRow, run: readonly TableRow[]): TableRow {
  for (const each of run) {
    const rate = statedArrivals(cellText(each, "notes"));
    if (rate !== undefined) return { ...row, rate };
  }
  // Tokens a second over the mean output; a run of queries that are counted in tokens among them.
  const offline = readServingRow({ ...row, load: "offline" });
  if ("why" in offline) return row;
  for (const each of [row, ...run]) {
    const isTokens =
      /throughput|queries/i.test(cellText(each, "quantity")) && !/per device/i.test(cellText(each, "unit"));
    const tokensPerS = Number(cellText(each, "value"));
    if (isTokens && tokensPerS > 0) return { ...row, rate: tokensPerS / offline.outputTokens };
  }
  const told = /\/\s*([\d.]+) tokens\/s/.exec(cellText(row, "notes"))?.[1];
  return told === undefined ? row : { ...row, rate: Number(told) / offline.outputTokens };
}
