import { formatBytes } from "../../../format/formatBytes.ts";
import type { Model } from "../../../models/Model.ts";
import { modelFromShape } from "../../../models/modelFromShape.ts";
import type { TransformerShape } from "../../../models/TransformerShape.ts";
import { refusal, requireAtLeast, requirePositive } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { countParams } from "../../arithmetic/countParams.ts";
import { checkLayout } from "../../layout/checkLayout.ts";
import type { CheckedLayout, Layout } from "../../layout/Layout.ts";
import type { TrainingMemory, TrainingMemoryOptions } from "./MemoryParts.ts";
import { memoryOf, memoryOptionNames, requireMemoryOptions, trainingMemory } from "./trainingMemory.ts";

/** What an allocator holds over what is allocated: 95 of 100 steps of the dataset `gpuTraining` held no more. */
export const usualAllocatorFactor = 1.142;

/** A change of a layout that lets a run fit, and what it needs then. */
export interface FittingChange {
  /** In words, such as "recompute full". */
  readonly change: string;
  readonly layout: Layout;
  /** Bytes of a device of the worst stage, the allocator's share included. */
  readonly needBytes: number;
}

/** Whether a layout fits a device. */
export interface MemoryFit {
  readonly fits: boolean;
  /** Bytes of a device of the worst stage, the allocator's share included. */
  readonly needBytes: number;
  /** Memory of the device without what is reserved. */
  readonly limitBytes: number;
  readonly memory: TrainingMemory;
  /** Changes of one or more fields under which it fits, the least first; empty where it fits or none was found. */
  readonly changes: readonly FittingChange[];
  /** The same in a sentence. */
  readonly says: string;
}

/**
 * Whether the memory of a training run fits a device, and if not, which changes of the layout make it fit: less kept by
 * recomputation, smaller micro-batches, sharded or offloaded states, more devices for each layer, sequence or expert out of the
 * same number of devices. A change is tried alone first, then on top of the ones before it.
 *
 * What is needed is the allocated peak times what an allocator holds beyond it (1.142: 95 of 100 measured steps), plus
 * `reservedBytes` for whatever else the device holds, which no dataset here measures.
 *
 * @throws RangeError on a layout that does not suit the model, or options outside their domain
 * @example
 * import { accelerators, memoryFits, modelShape } from "isoflop";
 * const accelerator = accelerators["h100-sxm-80gb"];
 * const fit = memoryFits(modelShape("Llama-3-8B"), { devices: 8 }, { accelerator, sequenceTokens: 8192 });
 * fit.changes[0]?.change; // => "zeroStage 3"
 */
export function memoryFits(
  shape: TransformerShape | Model,
  layout: Layout,
  options: TrainingMemoryOptions & {
    readonly accelerator: { readonly name: string; readonly memoryBytes: number };
    /** What the allocator holds over the peak. Default 1.142. */
    readonly allocatorFactor?: number;
    /** Bytes of each device that the run cannot have. Default 0. */
    readonly reservedBytes?: number;
  },
): MemoryFit {
  requireOptions("memoryFits", options, [
    ...memoryOptionNames,
    "accelerator",
    "allocatorFactor",
    "reservedBytes",
  ]);
  const { accelerator, allocatorFactor = usualAllocatorFactor, reservedBytes = 0, ...rest } = options;
  requirePositive("accelerator.memoryBytes", accelerator?.memoryBytes, "give one of `accelerators`");
  requireAtLeast("allocatorFactor", allocatorFactor, 1, "1 where nothing is lost to the allocator");
  requireReserve(reservedBytes, accelerator);
  const model = modelFromShape(shape);
  const memory = trainingMemory(model, layout, rest);
  const limitBytes = accelerator.memoryBytes - reservedBytes;
  const needBytes = memory.total * allocatorFactor;
  const fits = needBytes <= limitBytes;
  const need = (given: Layout) => needOf(model, given, rest, allocatorFactor);
  const changes = fits ? [] : changesThatFit(layout, checkLayout(model, layout), need, limitBytes);
  const size = `${formatBytes(needBytes)} of ${formatBytes(limitBytes)} on each ${accelerator.name} (stage ${memory.worstStage})`;
  const ways = changes.slice(0, 3).map((one) => `${one.change} (${formatBytes(one.needBytes)})`);
  const way =
    ways.length > 0
      ? `it fits with ${ways.join(", or ")}`
      : "no change of the layout that was tried makes it fit; take more devices";
  return {
    fits,
    needBytes,
    limitBytes,
    memory,
    changes,
    says: fits ? `fits: ${size}` : `does not fit: ${size}; ${way}`,
  };
}

/** Throws where nothing of a device is left to the run. */
export function requireReserve(reservedBytes: number, device: { readonly memoryBytes: number }): void {
  requireAtLeast("reservedBytes", reservedBytes, 0, "0 where the run has the device to itself");
  if (reservedBytes >= device.memoryBytes) {
    const wanted = `must be below the ${device.memoryBytes} bytes of the device`;
    throw refusal("reservedBytes", wanted, reservedBytes, "reserve less, or take another accelerator");
  }
}

function needOf(
  model: Model,
  layout: Layout,
  options: TrainingMemoryOptions,
  factor: number,
): number | undefined {
  try {
    const checked = checkLayout(model, layout);
    requireMemoryOptions(model, checked, options);
    return memoryOf(model, checked, options, countParams(model).total).total * factor;
  } catch (error) {
    // A degree that does not divide the model is no way out.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function changesThatFit(
  layout: Layout,
  checked: CheckedLayout,
  need: (layout: Layout) => number | undefined,
  limitBytes: number,
): FittingChange[] {
  const alone: FittingChange[] = [];
  let together: Layout = layout;
  let words: string[] = [];
  let stacked: FittingChange | undefined;
  let least = need(layout) ?? Infinity;
  for (const [change, changed] of candidates(checked)) {
    const one = changed(layout);
    const bytes = need(one);
    if (bytes !== undefined && bytes <= limitBytes) alone.push({ change, layout: one, needBytes: bytes });
    if (stacked) continue;
    const sum = changed(together);
    const added = need(sum);
    if (added === undefined || added >= least) continue;
    together = sum;
    words = [...words, change];
    least = added;
    if (added <= limitBytes) stacked = { change: words.join(" and "), layout: sum, needBytes: added };
  }
  return alone.length > 0 || !stacked ? alone : [stacked];
}

/** Changes to try, those that cost least time first. */
function candidates(checked: CheckedLayout): [string, (base: Layout) => Layout][] {
  const { devices, zeroStage, recompute, recomputeLayers, stages, microBatch } = checked;
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel } = checked;
  const shared = { tensorParallel, pipelineParallel, contextParallel, expertParallel };
  const found: [string, (base: Layout) => Layout][] = [];
  const add = (change: string, fields: Layout) => found.push([change, (base) => ({ ...base, ...fields })]);
  for (const stage of [1, 2, 3] as const)
    if (stage > zeroStage) add(`zeroStage ${stage}`, { zeroStage: stage });
  if (recompute === "none") add("recompute selective", { recompute: "selective" });
  if (recompute !== "full") {
    found.push(["recompute full", ({ recomputeModules: _, ...base }) => ({ ...base, recompute: "full" })]);
  }
  const all = Math.max(...stages);
  if (recompute === "full" && recomputeLayers < all) {
    add(`recomputeLayers ${all}`, { recomputeLayers: all });
  }
  if (microBatch > 1) add("microBatch 1", { microBatch: 1 });
  for (const [name, degree] of Object.entries(shared)) {
    for (const more of [2, 4, 8]) {
      if (devices % (degree * more) !== 0) continue;
      // The replicas are derived anew from the same devices.
      found.push([
        `${name} ${degree * more}`,
        ({ dataParallel: _, shardDevices: __, ...base }) => ({ ...base, devices, [name]: degree * more }),
      ]);
    }
  }
  if (checked.offload === "none") add("offload optimizer", { offload: "optimizer" });
  return found;
}
