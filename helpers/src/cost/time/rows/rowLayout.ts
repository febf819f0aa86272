import type { Model } from "../../../models/Model.ts";
import { cellCount, cellText, quoted, type TableRow } from "../../rows/rowCells.ts";
import type { TimedLayout } from "../stepParts.ts";
import { accumulationOf, degreesOf, microBatchOf, recomputeOf, shardingOf } from "./rowTerms.ts";

/**
 * The layout of a row, by its column `parallel` or else `tp`, `pp`, `dp`; what had to be assumed is added to `assumptions`.
 *
 * @throws RangeError on degrees that cannot be: of other devices, of more stages than layers, of too few sequences
 */
export function rowLayout(
  row: TableRow,
  { model, sequenceTokens }: { model: Model; sequenceTokens: number },
  assumptions: string[],
): TimedLayout {
  const cell = cellText(row, "parallel");
  const notes = cellText(row, "notes");
  const degrees = degreesOf(cell);
  const degree = (name: "tp" | "pp" | "cp" | "ep" | "vp") => degrees[name] || cellCount(row, name) || 1;
  const [tp, pp, cp, vp, ep] = [degree("tp"), degree("pp"), degree("cp"), degree("vp"), degree("ep")];
  const shared = tp * pp * cp;
  const stated = cellCount(row, "n_devices");
  const devices = stated ?? shared * (degrees.dp || cellCount(row, "dp") || 1);
  if (!stated) assumptions.push(`${devices} devices`);
  if (devices % shared !== 0) {
    throw new RangeError(`${devices} devices are not a multiple of TP${tp} · PP${pp} · CP${cp}`);
  }
  requireRoom(model, { tp, pp, vp, ep });
  const replicas = devices / shared;
  const { microBatch, globalBatch } = batches(row, { replicas, pp, sequenceTokens, notes }, assumptions);
  const sharded = shardingOf(`${cell} ${cellText(row, "engine")}`);
  const isKnown = cell !== "" || tp * pp * cp * ep > 1;
  if (!isKnown && sharded === undefined) assumptions.push("layout: sharded data parallelism");
  else if (
    cell !== "" &&
    sharded === undefined &&
    Object.keys(degrees).length === 0 &&
    !/\bDDP\b/i.test(cell)
  ) {
    assumptions.push(`layout TP${tp} PP${pp}, as ${quoted(cell)} names no degrees such as TP4 PP8`);
  }
  const isSharded = (degrees.fsdp ?? 0) > 0 || !isKnown;
  return {
    devices,
    tensorParallel: tp,
    pipelineParallel: pp,
    interleave: pp > 1 ? vp : 1,
    contextParallel: cp,
    expertParallel: ep,
    dataParallel: replicas,
    zeroStage: isSharded ? 3 : (sharded ?? 1),
    shardDevices: replicas * cp,
    microBatch,
    globalBatch,
    microBatches: Math.max(1, Math.ceil(globalBatch / (microBatch * replicas))),
    attention: /unfused attention/i.test(notes) ? "unfused" : "flash",
    recompute: recomputeOf(notes),
  };
}

interface BatchOf {
  readonly replicas: number;
  readonly pp: number;
  readonly sequenceTokens: number;
  readonly notes: string;
}

function batches(
  row: TableRow,
  { replicas, pp, sequenceTokens, notes }: BatchOf,
  assumptions: string[],
): { readonly microBatch: number; readonly globalBatch: number } {
  const micro = microBatchOf(notes);
  const batch = cellCount(row, "batch");
  // Without a word on the batch, about 16,000 tokens a device at a time, as runs that fill their memory have.
  const microBatch = micro || (batch ? 1 : Math.max(1, Math.round(16384 / sequenceTokens)));
  if (!micro) assumptions.push(`micro-batch ${microBatch}`);
  const globalBatch = batch ?? microBatch * replicas * (accumulationOf(notes) || (pp > 1 ? 4 * pp : 1));
  if (!batch) assumptions.push(`batch ${globalBatch}`);
  if (globalBatch < replicas) {
    throw new RangeError(
      `batch ${globalBatch} leaves some of the ${replicas} data-parallel replicas without a sequence`,
    );
  }
  return { microBatch, globalBatch };
}

/** Refuses a model that has too few layers, heads or experts for its degrees. */
function requireRoom(
  { layers, prediction, output }: Model,
  { tp, pp, vp, ep }: Readonly<Record<"tp" | "pp" | "vp" | "ep", number>>,
): void {
  // Megatron lets embedding and head take the places of layers.
  const places = layers.length + prediction.length + 1 + output.filter(({ kind }) => kind === "head").length;
  const groups = pp > 1 ? pp * vp : 1;
  // And a group may stand empty on each stage, as where 61 layers are spread over 16 stages of 4 groups.
  if (pp > places || groups > places + pp) {
    throw new RangeError(`PP${pp}${vp > 1 ? ` · VP${vp}` : ""} is more than the ${layers.length} layers`);
  }
  const blocks = layers.flatMap((layer) => layer.blocks);
  const heads = Math.max(...blocks.map((block) => ("nHeads" in block ? (block.nHeads ?? 0) : 0)));
  if (tp > 1 && heads > 0 && tp > heads) throw new RangeError(`TP${tp} is more than the ${heads} heads`);
  const experts = Math.max(0, ...blocks.map((block) => (block.kind === "experts" ? block.nExperts : 0)));
  if (experts > 0 && ep > experts) throw new RangeError(`EP${ep} is more than the ${experts} experts`);
}
