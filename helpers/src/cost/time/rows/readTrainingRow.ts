import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import { findAccelerator } from "../../../catalog/accelerators/findAccelerator.ts";
import { modelNamed } from "../../../catalog/modelNamed.ts";
import type { Model } from "../../../models/Model.ts";
import type { ProductFormat } from "../machineRates.ts";
import { measuredModel, measuredModelKey } from "./measuredModels.ts";
import { conventionOf, degreesOf, formatOf, stackOf } from "./rowTerms.ts";
import type { TrainingScenario } from "./TrainingScenario.ts";

/** Cells of a row, by column. */
export type TrainingRow = Readonly<Record<string, string | number | undefined>>;

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
export function readTrainingRow(row: TrainingRow): TrainingScenario | { readonly why: string } {
  const cell = (name: string) => String(row[name] ?? "").trim();
  const assumptions: string[] = [];
  const stack = stackOf(cell("source"), cell("engine"));
  const found = findModel(cell("model"));
  if ("why" in found) return found;
  const { model, modelKey } = found;
  let accelerator: CatalogAccelerator;
  try {
    accelerator = findAccelerator(cell("hardware"), { form: "sxm" });
  } catch (error) {
    return { why: cell("hardware") === "" ? "no accelerator (column hardware)" : (error as Error).message };
  }
  const stated = formatOf(cell("precision"));
  const format: ProductFormat = stated ?? (stack === "megatron-bridge" ? "fp8" : "bf16");
  if (!stated) assumptions.push(`precision ${format}`);
  const notes = cell("notes");
  const degrees = degreesOf(cell("parallel"));
  const degree = (name: "tp" | "pp" | "cp" | "ep" | "vp") => degrees[name] || count(row[name]) || 1;
  const [tp, pp, cp, vp] = [degree("tp"), degree("pp"), degree("cp"), degree("vp")];
  const ep = degree("ep");
  const devices = count(row.n_devices) ?? tp * pp * cp * (count(row.dp) ?? 1);
  if (!count(row.n_devices)) assumptions.push(`${devices} devices`);
  if (devices % (tp * pp * cp) !== 0) {
    return { why: `${devices} devices are not a multiple of TP${tp} · PP${pp} · CP${cp}` };
  }
  const sequenceTokens = count(row.isl) ?? 0;
  if (sequenceTokens === 0) return { why: "no sequence length (column isl)" };
  const replicas = devices / (tp * pp * cp);
  const micro = Number(/micro[- ]?batch(?:es)?(?: size)?[ =]+(\d+)/i.exec(notes)?.[1] ?? 0);
  const accumulation = Number(/grad(?:ient)?[- ]?accum(?:ulation)?[ =]+(\d+)/i.exec(notes)?.[1] ?? 0);
  const batch = count(row.batch);
  // Without a word on the batch, about 16,000 tokens a device at a time, as runs that fill their memory have.
  const usual = batch ? 1 : Math.max(1, Math.round(16384 / sequenceTokens));
  const microBatch = micro || usual;
  if (!micro) assumptions.push(`micro-batch ${microBatch}`);
  const globalBatch = batch ?? microBatch * replicas * (accumulation || (pp > 1 ? 4 * pp : 1));
  if (!batch) assumptions.push(`batch ${globalBatch}`);
  const sharded = /FULL_SHARD/i.test(`${cell("parallel")} ${cell("engine")}`);
  const halfSharded = /SHARD_GRAD_OP/i.test(`${cell("parallel")} ${cell("engine")}`);
  const fsdp = (degrees.fsdp ?? 0) > 0 || sharded || (stack === "maxtext" && cell("parallel") === "");
  if (cell("parallel") === "") assumptions.push("layout: sharded data parallelism");
  const checkpoints = /activation checkpointing[ =]*(true|1|yes)/i.test(notes);
  const params = Number(/params[ =]+(\d+)/i.exec(notes)?.[1] ?? 0);
  const spelling = cell("model");
  return {
    model,
    modelKey,
    accelerator,
    format,
    stack,
    release: /\b(\d\d\.\d\d)\b/.exec(cell("engine"))?.[1] ?? "",
    sequenceTokens,
    frozen: /lora/i.test(`${cell("mode")} ${spelling}`),
    withPrediction: !/w\/\s*o\s*mtp/i.test(spelling),
    convention: conventionOf(stack),
    // llm-foundry takes the peak of the precision; other sources that of 16 bits, unless notes name one.
    peakFormat: stack === "composer" ? format : (formatOf(/(\w+) peak/i.exec(notes)?.[1] ?? "") ?? "bf16"),
    ...(params > 0 && { params }),
    assumptions,
    layout: {
      devices,
      tensorParallel: tp,
      pipelineParallel: pp,
      interleave: pp > 1 ? vp : 1,
      contextParallel: cp,
      expertParallel: ep,
      dataParallel: replicas,
      zeroStage: fsdp || cell("parallel") === "" ? 3 : halfSharded ? 2 : 1,
      shardDevices: replicas * cp,
      microBatch,
      globalBatch,
      microBatches: Math.max(1, Math.ceil(globalBatch / (microBatch * replicas))),
      attention: /unfused attention/i.test(notes) ? "unfused" : "flash",
      recompute: checkpoints ? "full" : /selective recompute/i.test(notes) ? "selective" : "none",
    },
  };
}

/** A model of the measurements, or of the catalogue with what the spelling says besides taken off. */
function findModel(
  spelling: string,
): { readonly model: Model; readonly modelKey: string } | { readonly why: string } {
  if (spelling === "") return { why: "no model (column model)" };
  const key = measuredModelKey(spelling);
  if (key !== undefined) return { model: measuredModel(key), modelKey: key };
  try {
    const model = modelNamed(spelling.replace(/\s*\([^()]*\)\s*$|\s+(?:LoRA|SFT)$/gi, "").replace(/_/g, "-"));
    return { model, modelKey: model.name };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { why: `no model ${quoted(spelling)} in the catalogue` };
  }
}

/** A whole number above 0, or undefined where none is stated. */
function count(cell: string | number | undefined): number | undefined {
  const value = Number(String(cell ?? "").trim() || "0");
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** A cell as a message shows it. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
}
