import { accelerators } from "../../../catalog/accelerators/accelerators.ts";
import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../../numerics/arguments/requireNumber.ts";
import { rowAccelerator } from "../../rows/rowAccelerator.ts";
import { cellCount, cellText, type TableRow } from "../../rows/rowCells.ts";
import { rowModel } from "../../rows/rowModel.ts";
import type { ServingScenario } from "../ServingScenario.ts";
import { dataSetLength } from "./dataSetLengths.ts";
import { launchesOf, launchLengths } from "./launches.ts";
import { servingEngine } from "./servingEngine.ts";
import { servingInstances } from "./servingInstances.ts";
import { servingLoad } from "./servingLoad.ts";
import { servingPrecision } from "./servingPrecision.ts";
import { publishedSpeculation } from "./speculation.ts";

const virtualised = /^virtuali[sz]ed\s+/i;

/**
 * The machine, model and load that a row of a table of serving measurements describes; or why none can be had. Columns as
 * `measuredServing` gives them: model, hardware, n_devices, precision, engine, parallel, tp, pp, dp, batch, load, isl, osl,
 * notes; an empty cell, "n/a" or 0 means that nothing is stated, and what is chosen in its place stands in `assumptions`.
 *
 * @example
 * import { readServingRow } from "isoflop";
 * const row = { model: "nvidia/DeepSeek-R1-NVFP4", hardware: "b200_sxm", precision: "fp4", engine: "trtllm 1.2.0rc2",
 *   parallel: "tp8pp1adp1moetp1ep8", batch: "64", load: "closed loop, concurrency", isl: "1024", osl: "1024" };
 * const scenario = readServingRow(row);
 * "why" in scenario ? scenario.why : `${scenario.modelKey} ${scenario.acceleratorKey} ${scenario.serve.layout.expertParallel}`;
 * // => "DeepSeek-V3 b200-sxm-180gb 8"
 */
export function readServingRow(row: TableRow): ServingScenario | { readonly why: string } {
  try {
    return readRow(row);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { why: error.message };
  }
}

function readRow(row: TableRow): ServingScenario {
  if (typeof row !== "object" || row === null) {
    throw refusal(
      "a row",
      "must be an object of cells by column",
      describeGiven(row),
      "such as { model, hardware, batch, isl, osl }",
    );
  }
  const assumptions: string[] = [];
  const spelling = cellText(row, "model");
  const model = rowModel(spelling);
  const hardware = cellText(row, "hardware");
  const accelerator = rowAccelerator(hardware.replace(virtualised, ""));
  if (virtualised.test(hardware)) assumptions.push("virtualised, read as the whole accelerator");
  const acceleratorKey = Object.entries(accelerators).find(([, sheet]) => sheet === accelerator)![0];
  const { engine, release } = servingEngine(cellText(row, "engine"));
  const modelKey = model.name;
  const { format, bits } = servingPrecision(
    cellText(row, "precision"),
    { spelling, modelKey, engine, accelerator },
    assumptions,
  );
  const load = servingLoad(row, assumptions);
  const promptTokens = lengthOf(row, "isl", modelKey, assumptions);
  const outputTokens = lengthOf(row, "osl", modelKey, assumptions);
  const lengths = launchLengths(promptTokens, outputTokens);
  const launches = launchesOf({ modelKey, format, acceleratorKey, engine }).filter(
    (each) => each.lengths === lengths,
  );
  const concurrency = load.kind === "closed" ? load.concurrency : load.kind === "static" ? load.batch : 1;
  const instances = servingInstances(
    row,
    { model, accelerator, weightBits: bits.weights, launches, release, concurrency },
    assumptions,
  );
  // Launches are closed loops: what is offered otherwise is another's benchmark.
  const speculative =
    load.kind === "closed"
      ? publishedSpeculation({ ...instances, release }, launches, concurrency)
      : undefined;
  if (speculative)
    assumptions.push("tokens are drafted, as in the published launch of this release and layout");
  return {
    model,
    modelKey,
    accelerator,
    acceleratorKey,
    bits,
    format,
    engine,
    release,
    ...instances,
    load,
    promptTokens,
    outputTokens,
    ...(speculative !== undefined && { speculative }),
    assumptions,
  };
}

function lengthOf(row: TableRow, column: "isl" | "osl", modelKey: string, assumptions: string[]): number {
  const which = column === "isl" ? "prompt" : "output";
  if (/^data ?set$/i.test(cellText(row, column))) {
    const tokens = dataSetLength(modelKey, which);
    assumptions.push(`every ${which} has the mean ${tokens} tokens of MLPerf's data set`);
    return tokens;
  }
  const tokens = cellCount(row, column);
  if (tokens === undefined) throw new RangeError(`no ${which} length (column ${column})`);
  return tokens;
}
