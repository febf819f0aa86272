import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { calibrateParts } from "../calibration/calibrateParts.ts";
import type { PartsObservation } from "../calibration/Observation.ts";
import { updateParts } from "../calibration/updateParts.ts";
import { cellText, type TableRow } from "../rows/rowCells.ts";
import { requireCalibration } from "./arguments/requireCalibration.ts";
import { impossibleRow } from "./impossibleRow.ts";
import { servingParts } from "./parts/servingParts.ts";
import { publishedServing } from "./publishedServing.ts";
import { measuredServingOf } from "./rows/measuredServingOf.ts";
import type { ServingCalibration } from "./ServingCalibration.ts";
import { servingHierarchy } from "./servingHierarchy.ts";
import { type ServingLabels, servingLabels } from "./servingLabels.ts";

/** A row that was measured, ready to calibrate on. */
export interface ServingObservation extends PartsObservation<ServingLabels> {
  /** Place of the row in the table. */
  readonly row: number;
}

/** Rows that can be calibrated on, and why others cannot. */
export interface ServingObservations {
  readonly observations: readonly ServingObservation[];
  readonly refused: readonly { readonly row: number; readonly why: string }[];
}

/**
 * Reads rows with the columns of the published measurements (`measuredServing`): means of time to first token and per output token,
 * and output tokens a second. A run that stands in a table twice, with the same times but for rounding, counts once.
 *
 * @example
 * import { servingObservations } from "isoflop";
 * const row = { model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "fp8", engine: "vllm 0.9", tp: 1, batch: 16,
 *   load: "closed loop, concurrency", isl: 1024, osl: 512, measurement: "mine", unit: "ms" };
 * const { observations, refused } = servingObservations([
 *   { ...row, quantity: "ttft", value: 61 }, { ...row, quantity: "tpot", value: 6.4 }, { ...row, quantity: "tpot", value: -1 },
 * ]);
 * [observations.length, refused[0]?.why]; // => [2, "value must be > 0, got \"-1\""]
 */
export function servingObservations(rows: readonly TableRow[]): ServingObservations {
  requireRows("servingObservations", rows);
  const observations: ServingObservation[] = [];
  const refused: { row: number; why: string }[] = [];
  const runs = new Map<string, TableRow[]>();
  // A row that is none is refused below, with the reason.
  const runOf = (row: TableRow | null) => (row ? cellText(row, "measurement") : "");
  for (const row of rows) {
    const run = runOf(row);
    if (run === "") continue;
    const own = runs.get(run);
    if (own) own.push(row);
    else runs.set(run, [row]);
  }
  const pairs = new Map<string, { ttft?: number; tpot?: number; at: number[] }>();
  const seen = new Map<string, { readonly ttft: number; readonly tpot: number; readonly row: number }[]>();
  const dropped = new Set<number>();
  rows.forEach((row, i) => {
    const run = runOf(row);
    const measured = measuredServingOf(row, runs.get(run) ?? []);
    if ("why" in measured) {
      refused.push({ row: i, why: measured.why });
      return;
    }
    const { scenario, quantity, statistic, value } = measured;
    if (statistic !== "mean") {
      refused.push({ row: i, why: `${statistic} of ${quantity}: means are calibrated on` });
      return;
    }
    const labels = servingLabels(scenario, run);
    const parts = servingParts(scenario);
    const { load } = scenario;
    if (quantity === "ttft" || quantity === "tpot") {
      if (load.kind === "offline" && quantity === "ttft") {
        refused.push({
          row: i,
          why: "time to first token of requests that all come at once: it is the queue",
        });
        return;
      }
      observations.push({ row: i, labels, kind: quantity, parts: parts[quantity], value });
      if (run === "") return;
      // One run may be a sweep over loads and lengths: both times belong together where all else is alike.
      const configuration = JSON.stringify([
        { ...labels, run: "" },
        load,
        scenario.promptTokens,
        scenario.outputTokens,
      ]);
      const both = pairs.get(run + configuration) ?? { at: [] };
      pairs.set(run + configuration, both);
      both[quantity] = value;
      both.at.push(observations.length - 1);
      if (both.ttft === undefined || both.tpot === undefined) return;
      pairs.delete(run + configuration);
      const impossible = impossibleRow(scenario, { ttftS: both.ttft, tpotS: both.tpot });
      const { model, accelerator, engine } = labels;
      const key = JSON.stringify([
        model,
        accelerator,
        engine,
        load,
        scenario.promptTokens,
        scenario.outputTokens,
      ]);
      const alike = seen.get(key) ?? [];
      seen.set(key, alike);
      const { ttft, tpot } = both;
      const first = alike.find((one) => isRounded(one.ttft, ttft!) && isRounded(one.tpot, tpot!))?.row;
      if (first === undefined) alike.push({ ttft, tpot, row: i });
      if (impossible === undefined && first === undefined) return;
      for (const at of both.at) dropped.add(at);
      refused.push({
        row: i,
        why: impossible
          ? `no machine as described can do this: ${impossible}`
          : `both times as in row ${first! + 1}: the same run, printed twice`,
      });
    } else if (quantity === "output throughput") {
      if (load.kind === "open") {
        refused.push({ row: i, why: "throughput of an open loop: it is that of the arrivals" });
        return;
      }
      observations.push({ row: i, labels, kind: "throughput", parts: parts.perToken, value: 1 / value });
    } else refused.push({ row: i, why: `${quantity} is no time of serving` });
  });
  return { observations: observations.filter((_, at) => !dropped.has(at)), refused };
}

/** Whether two times are one, printed to other digits: a table rounds them to four. */
const isRounded = (a: number, b: number) => Math.abs(a / b - 1) <= 5e-4;

/** How a calibration begins. */
export interface CalibrateServingOptions {
  /** What the rows are set against. Default the published measurements; "none": the rows alone, with priors of the constants. */
  readonly start?: ServingCalibration | "none";
}

/**
 * Calibrates on a user's own rows, five or more: constants and deviations move from those of the published measurements as far
 * as the rows say. A new engine, model or machine gets deviations of its own, shrunk to what others of its kind have.
 *
 * @throws RangeError where no row can be calibrated on, with the reason of the first, and on an option that is not known
 * @throws TypeError where rows are no list, or `start` is no calibration
 * @example
 * import { calibrateServing, estimateEngine, readServingRow } from "isoflop";
 * const row = { model: "Llama-3.1-8B", hardware: "l40s", precision: "fp8", engine: "vllm", tp: 1,
 *   load: "closed loop, concurrency", isl: 1024, osl: 512 };
 * const own = calibrateServing([1, 2, 4, 8, 16].map((batch) => (
 *   { ...row, batch, quantity: "tpot", unit: "ms", value: 20 + batch / 4 })));
 * const scenario = readServingRow({ ...row, batch: 32 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const { tpotS } = estimateEngine(scenario, { calibration: own });
 * tpotS.value > 0.02 && tpotS.value < 0.04; // => true
 */
export function calibrateServing(
  rows: readonly TableRow[] | ServingObservations,
  options: CalibrateServingOptions = {},
): ServingCalibration {
  requireOptions("calibrateServing", options, ["start"]);
  const { start = publishedServing() } = options;
  if (start !== "none") requireCalibration(start);
  if (rows === null || typeof rows !== "object") requireRows("calibrateServing", rows);
  const { observations, refused } = "observations" in rows ? rows : servingObservations(rows);
  if (observations.length === 0) {
    const [first] = refused;
    throw new RangeError(
      `no row can be calibrated on${first ? `; row ${first.row + 1}: ${first.why}` : ""}; give rows with quantity ttft, tpot or output throughput, value and unit`,
    );
  }
  if (start !== "none") return updateParts(start, observations);
  return calibrateParts(servingHierarchy, observations, { spreadDeviation });
}

/** Most effects have three to eight keys, which tell little of their spread: it stays near the typical one. */
const spreadDeviation = 0.35;
