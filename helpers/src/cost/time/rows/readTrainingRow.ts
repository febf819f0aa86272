import type { Model } from "../../../models/Model.ts";
import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../../numerics/arguments/requireNumber.ts";
import { rowAccelerator } from "../../rows/rowAccelerator.ts";
import { cellCount, cellText, quoted, type TableRow } from "../../rows/rowCells.ts";
import { rowModel } from "../../rows/rowModel.ts";
import { type ProductFormat, productFormats } from "../machineRates.ts";
import { measuredModelKey } from "./measuredModelKey.ts";
import { measuredModel } from "./measuredModels.ts";
import { rowLayout } from "./rowLayout.ts";
import { conventionOf, formatOf, paramsOf, peakFormatOf, stackOf } from "./rowTerms.ts";
import type { TrainingScenario } from "./TrainingScenario.ts";

/**
 * The run that a row of a table of measurements describes: model, accelerator, layout, lengths; or why none can be had.
 * Columns as in the dataset `measuredTraining`; an empty cell, "n/a" or 0 means that nothing is stated.
 *
 * @example
 * import { readTrainingRow } from "isoflop";
 * const row = { model: "LLAMA3_70B", hardware: "DGX-H100", n_devices: "64", precision: "FP8", batch: "128", isl: "8192",
 *   parallel: "TP4 PP8 CP1 VP5 EPn/a FSDP0", notes: "micro batch 1", source: "Megatron-Bridge" };
 * const run = readTrainingRow(row);
 * "why" in run ? run.why : `${run.modelKey} ${run.format} ${run.layout.microBatches}`; // => "llama-3-70b fp8 64"
 */
export function readTrainingRow(row: TableRow): TrainingScenario | { readonly why: string } {
  try {
    return readRow(row);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { why: error.message };
  }
}

function readRow(row: TableRow): TrainingScenario {
  if (typeof row !== "object" || row === null) {
    throw refusal(
      "a row",
      "must be an object of cells by column",
      describeGiven(row),
      "such as { model, hardware, isl }",
    );
  }
  const assumptions: string[] = [];
  const stack = stackOf(cellText(row, "source"), cellText(row, "engine"));
  const spelling = cellText(row, "model");
  const { model, modelKey } = findModel(spelling);
  const accelerator = rowAccelerator(cellText(row, "hardware"));
  const format = formatOfRow(cellText(row, "precision"), stack, assumptions);
  const sequenceTokens = cellCount(row, "isl");
  if (sequenceTokens === undefined) throw new RangeError("no sequence length (column isl)");
  const notes = cellText(row, "notes");
  const params = paramsOf(notes);
  return {
    model,
    modelKey,
    accelerator,
    format,
    stack,
    release: /\b(\d\d\.\d\d)\b/.exec(cellText(row, "engine"))?.[1] ?? "",
    sequenceTokens,
    frozen: /(?<![a-z])(?:q|do)?lora(?![a-z])/i.test(`${cellText(row, "mode")} ${spelling} ${notes}`),
    withPrediction: !/w\/\s*o\s*mtp/i.test(spelling),
    convention: conventionOf(stack),
    // Where notes name none, llm-foundry takes the peak of the precision, other sources that of 16 bits.
    peakFormat: peakFormatOf(notes) ?? (stack === "composer" ? format : "bf16"),
    ...(params > 0 && { params }),
    layout: rowLayout(row, { model, sequenceTokens }, assumptions),
    assumptions,
  };
}

function formatOfRow(cell: string, stack: string, assumptions: string[]): ProductFormat {
  const stated = formatOf(cell);
  if (stated) return stated;
  if (cell !== "") {
    throw new RangeError(
      `precision must be one of ${productFormats.join(", ")}, got ${quoted(cell)}; leave the cell empty where it is not known`,
    );
  }
  const format = stack === "megatron-bridge" ? "fp8" : "bf16";
  assumptions.push(`precision ${format}`);
  return format;
}

/** A model of the measurements, or of the catalogue with what the spelling says besides taken off. */
function findModel(spelling: string): { readonly model: Model; readonly modelKey: string } {
  if (spelling === "") throw new RangeError("no model (column model)");
  const key = measuredModelKey(spelling);
  if (key !== undefined) return { model: measuredModel(key), modelKey: key };
  const model = rowModel(spelling);
  // Runs of one model are told by one key, whatever the row calls it.
  const known = measuredModelKey(model.name);
  return known === undefined
    ? { model, modelKey: model.name }
    : { model: measuredModel(known), modelKey: known };
}
