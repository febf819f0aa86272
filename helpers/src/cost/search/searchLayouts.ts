import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import {
  requireAtLeast,
  requireLevel,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { normalQuantile } from "../../numerics/distributions/normal.ts";
import { countParams } from "../arithmetic/countParams.ts";
import { checkLayout } from "../layout/checkLayout.ts";
import type { CheckedLayout, Layout } from "../layout/Layout.ts";
import { usualAllocatorFactor } from "../memory/training/memoryFits.ts";
import { stagePlan } from "../memory/training/stagePlan.ts";
import { requireMemoryOptions } from "../memory/training/trainingMemory.ts";
import { worstStageMemory } from "../memory/training/worstStageMemory.ts";
import { type LayoutChoices, layoutsOf } from "./layoutsOf.ts";
import { logVariance } from "./logVariance.ts";
import { rooflineEstimator } from "./rooflineEstimator.ts";
import type { SearchedCluster, StepEstimatorOf } from "./StepEstimator.ts";

/** A layout that fits, with what it takes. */
export interface FoundLayout {
  /** As `trainingMemory` and the time of a step take it. */
  readonly layout: CheckedLayout;
  /** Bytes of a device of the worst stage, the allocator's share included. */
  readonly needBytes: number;
  /** Seconds of an optimiser step, and where they lie at the level asked for. */
  readonly seconds: number;
  readonly interval: readonly [number, number];
  readonly tokensPerSPerDevice: number;
  /** Its seconds over those of the fastest, and where that ratio lies: what both share cancels. */
  readonly ratio: number;
  readonly ratioInterval: readonly [number, number];
  /** Whether the ratio's interval leaves 1 out; if not, which of the two is faster is not known. */
  readonly distinguishable: boolean;
}

/** What a search found. */
export interface LayoutSearch {
  /** Layouts whose sizes divide. */
  readonly considered: number;
  /** Of them, those that fit the memory. */
  readonly fitting: number;
  /** The fastest, ascending by seconds. */
  readonly layouts: readonly FoundLayout[];
  /** Those than which none is both faster and smaller, ascending by seconds. */
  readonly front: readonly FoundLayout[];
  /** How many of the fastest cannot be told from the fastest. */
  readonly tied: number;
}

/** What a search goes over. */
export interface SearchOptions {
  readonly sequenceTokens: number;
  /** Sequences of an optimiser step. */
  readonly globalBatch: number;
  /** Fields that every layout has: recipe, productBits, attention, offload. */
  readonly fixed?: Pick<Layout, "recipe" | "productBits" | "attention" | "offload">;
  readonly choices?: LayoutChoices;
  /** Layouts to give back. Default 20. */
  readonly keep?: number;
  /** Share that intervals are to hold. Default 0.8. */
  readonly level?: number;
  /** What the allocator holds over the peak. Default 1.142. */
  readonly allocatorFactor?: number;
  /** Bytes of each device that the run cannot have. Default 0. */
  readonly reservedBytes?: number;
  /** Says how long a step takes. Default a plain roofline. */
  readonly estimator?: StepEstimatorOf;
}

interface Candidate {
  readonly layout: CheckedLayout;
  readonly needBytes: number;
  readonly seconds: number;
}

/**
 * All layouts of a cluster that divide the model and fit its memory, ranked by the estimated time of a step, with those
 * that cannot be told from the fastest, and the front of memory against time.
 *
 * Two layouts are compared by the ratio of their times. Its logarithm has the variance Δᵀ Σ Δ + 2 s², with Δ the
 * difference of the shares of the parts (products, links, …), Σ the covariance of the parts' constants and s what is a
 * layout's own: a constant that both depend on alike cancels.
 *
 * @throws RangeError on sizes outside their domain, a cluster without links, or where no layout divides
 * @example
 * import { accelerators, modelShape, searchLayouts } from "isoflop";
 * const cluster = { devices: 16, accelerator: accelerators["h100-sxm-80gb"], nodeBytesPerS: 450e9, networkBytesPerS: 50e9 };
 * const found = searchLayouts(modelShape("Llama-3-8B"), cluster, { sequenceTokens: 8192, globalBatch: 128 });
 * found.fitting < found.considered; // => true
 */
export function searchLayouts(
  shape: TransformerShape | Model,
  cluster: SearchedCluster,
  options: SearchOptions,
): LayoutSearch {
  const model = modelFromShape(shape);
  checkSearch(cluster, options);
  const { sequenceTokens, globalBatch, fixed = {}, choices = {}, keep = 20, level = 0.8 } = options;
  const { allocatorFactor = usualAllocatorFactor, reservedBytes = 0 } = options;
  const { devices, devicesPerNode = 8 } = cluster;
  const estimator = (options.estimator ?? rooflineEstimator)(model, cluster, { sequenceTokens });
  const limit = (cluster.accelerator.memoryBytes - reservedBytes) / allocatorFactor;
  const memoryOptions = { sequenceTokens };
  const modelParams = countParams(model).total;
  const fits: Candidate[] = [];
  const shares = new Float64Array(estimator.parts.length);
  let considered = 0;
  for (const given of layoutsOf(model, {
    devices,
    devicesPerNode,
    globalBatch,
    sequenceTokens,
    choices,
    fixed,
  })) {
    const layout = checkLayout(model, given);
    if (considered++ === 0) requireMemoryOptions(model, layout, memoryOptions);
    const { total } = worstStageMemory(stagePlan(model, layout, memoryOptions, modelParams));
    if (total > limit) continue;
    const seconds = estimator.estimate(layout, shares);
    if (seconds > 0) fits.push({ layout, needBytes: total * allocatorFactor, seconds });
  }
  if (considered === 0) {
    throw new RangeError(
      `no layout of ${devices} devices divides the model and a batch of ${globalBatch} sequences; change the devices or globalBatch`,
    );
  }
  fits.sort((a, b) => a.seconds - b.seconds || a.needBytes - b.needBytes);
  const reach = normalQuantile((1 + level) / 2);
  const best = fits[0];
  const sharesOf = ({ layout }: Candidate) => {
    const own = new Float64Array(estimator.parts.length);
    estimator.estimate(layout, own);
    return own;
  };
  const bestShares = best && sharesOf(best);
  const found = (one: Candidate): FoundLayout => {
    const own = sharesOf(one);
    const spread = reach * Math.sqrt(logVariance(estimator, own));
    const ratio = one.seconds / best!.seconds;
    const apart = one === best ? 0 : reach * Math.sqrt(logVariance(estimator, own, bestShares));
    return {
      layout: one.layout,
      needBytes: one.needBytes,
      seconds: one.seconds,
      interval: [one.seconds * Math.exp(-spread), one.seconds * Math.exp(spread)],
      tokensPerSPerDevice: (globalBatch * sequenceTokens) / one.seconds / devices,
      ratio,
      ratioInterval: [ratio * Math.exp(-apart), ratio * Math.exp(apart)],
      distinguishable: Math.log(ratio) > apart,
    };
  };
  let least = Infinity;
  const front = fits.filter(({ needBytes }) => {
    const isLess = needBytes < least;
    if (isLess) least = needBytes;
    return isLess;
  });
  const layouts = fits.slice(0, keep).map(found);
  return {
    considered,
    fitting: fits.length,
    layouts,
    front: front.map(found),
    tied: layouts.filter((one) => !one.distinguishable).length,
  };
}

function checkSearch(cluster: SearchedCluster, options: SearchOptions): void {
  requireOptions("a cluster", cluster, [
    "devices",
    "accelerator",
    "devicesPerNode",
    "nodeBytesPerS",
    "networkBytesPerS",
  ]);
  requireOptions("searchLayouts", options, [
    "sequenceTokens",
    "globalBatch",
    "fixed",
    "choices",
    "keep",
    "level",
    "allocatorFactor",
    "reservedBytes",
    "estimator",
  ]);
  requireOptions("choices", options.choices ?? {}, [
    "tensorParallel",
    "pipelineParallel",
    "contextParallel",
    "expertParallel",
    "microBatch",
    "interleave",
    "zeroStage",
    "recompute",
  ]);
  const {
    sequenceTokens,
    globalBatch,
    keep = 20,
    level = 0.8,
    allocatorFactor = 1,
    reservedBytes = 0,
  } = options;
  requireWhole("devices", cluster.devices, 1, "give the devices of the cluster");
  requireWhole("devicesPerNode", cluster.devicesPerNode ?? 8, 1, "8 is usual");
  for (const name of ["nodeBytesPerS", "networkBytesPerS"] as const) {
    const rate = cluster[name];
    if (rate !== undefined) requirePositive(name, rate, "give bytes per second each way");
  }
  requirePositive("accelerator.memoryBytes", cluster.accelerator?.memoryBytes, "give one of `accelerators`");
  requireWhole("sequenceTokens", sequenceTokens, 1, "give the tokens of a sequence");
  requireWhole("globalBatch", globalBatch, 1, "give the sequences of an optimiser step");
  requireWhole("keep", keep, 1, "20 is usual");
  requireLevel(level);
  requireAtLeast("allocatorFactor", allocatorFactor, 1, "1 where nothing is lost to the allocator");
  requireAtLeast("reservedBytes", reservedBytes, 0, "0 where the run has the device to itself");
}
