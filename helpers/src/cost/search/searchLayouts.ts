import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import {
  refusal,
  requireAtLeast,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { countParams } from "../arithmetic/countParams.ts";
import { checkLayout } from "../layout/checkLayout.ts";
import type { CheckedLayout, Layout } from "../layout/Layout.ts";
import { requireReserve, usualAllocatorFactor } from "../memory/training/memoryFits.ts";
import { stagePlan } from "../memory/training/stagePlan.ts";
import { requireMemoryOptions } from "../memory/training/trainingMemory.ts";
import { worstStageMemory } from "../memory/training/worstStageMemory.ts";
import { type ProductFormat, productFormats } from "../time/machineRates.ts";
import type { TimedStep } from "../time/trainingTimer.ts";
import { calibratedEstimator } from "./calibratedEstimator.ts";
import { type LayoutChoices, layoutsOf, requireChoices, type SearchedLayout } from "./layoutsOf.ts";
import type { SearchedCluster, StepEstimator } from "./StepEstimator.ts";

/** A layout that fits, with what it takes. */
export interface FoundLayout {
  readonly layout: SearchedLayout;
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
  /** Bytes of a device that the smallest of all needs, whether it fits or not, the allocator's share included. */
  readonly leastBytes: number;
  /** The fastest, ascending by seconds. */
  readonly layouts: readonly FoundLayout[];
  /** Those than which none is both faster and smaller, ascending by seconds. */
  readonly front: readonly FoundLayout[];
  /** How many of those that fit cannot be told from the fastest, which is one of them. */
  readonly tied: number;
  /** What the times take for granted, in sentences: that the model, accelerator or software is like those calibrated on. */
  readonly assumptions: readonly string[];
}

/** What a search goes over. */
export interface SearchOptions extends Pick<TimedStep, "format" | "stack" | "modelName"> {
  readonly sequenceTokens: number;
  /** Sequences of an optimiser step. */
  readonly globalBatch: number;
  /** Fields that every layout has. Operands have the bits of `format`. */
  readonly fixed?: Pick<Layout, "recipe" | "attention" | "offload">;
  readonly choices?: LayoutChoices;
  /** Layouts to give back. Default 20. */
  readonly keep?: number;
  /** Share that intervals are to hold: .8 or .95. Default .8. */
  readonly level?: 0.8 | 0.95;
  /** What the allocator holds over the peak. Default 1.142. */
  readonly allocatorFactor?: number;
  /** Bytes of each device that the run cannot have. Default 0. */
  readonly reservedBytes?: number;
  /** Says how long a step takes. Default `trainingTimer`, calibrated on published runs. */
  readonly estimator?: StepEstimator;
}

interface Candidate {
  readonly given: SearchedLayout;
  readonly layout: CheckedLayout;
  readonly needBytes: number;
  readonly logSeconds: number;
}

/**
 * All layouts of a cluster that divide the model and fit its memory, ranked by the estimated time of a step, with those
 * that cannot be told from the fastest, and the front of memory against time.
 *
 * Two layouts are compared by the ratio of their times: in its logarithm what is not known of both alike cancels, such
 * as the speed of products on this accelerator, and what is each layout's own stays. Where 1 lies in the ratio's
 * interval, which of the two is faster is not known.
 *
 * @throws RangeError on sizes outside their domain, a format without a peak, or where no layout divides
 * @example
 * import { accelerators, modelShape, searchLayouts } from "isoflop";
 * const cluster = { devices: 16, accelerator: accelerators["h100-sxm-80gb"] };
 * const found = searchLayouts(modelShape("Llama-3-8B"), cluster, { sequenceTokens: 8192, globalBatch: 128 });
 * found.fitting < found.considered; // => true
 */
export function searchLayouts(
  shape: TransformerShape | Model,
  cluster: SearchedCluster,
  options: SearchOptions,
): LayoutSearch {
  const model = modelFromShape(shape);
  if (model.layers.length === 0) throw new RangeError("the model must have layers to lay out, got none");
  checkSearch(cluster, options);
  const { sequenceTokens, globalBatch, choices = {}, keep = 20, level = 0.8, format = "bf16" } = options;
  const { allocatorFactor = usualAllocatorFactor, reservedBytes = 0, stack, modelName } = options;
  const { devices, accelerator } = cluster;
  const step = { sequenceTokens, format, ...(stack && { stack }), ...(modelName && { modelName }) };
  const estimator = options.estimator ?? calibratedEstimator(model, accelerator, step);
  const limit = (accelerator.memoryBytes - reservedBytes) / allocatorFactor;
  const memoryOptions = { sequenceTokens };
  const modelParams = countParams(model).total;
  const devicesPerNode = accelerator.perDomain ?? accelerator.perNode ?? 8;
  const fixed = { ...options.fixed, productBits: bitsOf[format] };
  const fits: Candidate[] = [];
  let considered = 0;
  let leastTotal = Infinity;
  const all = { devices, devicesPerNode, globalBatch, sequenceTokens, choices, fixed };
  for (const given of layoutsOf(model, all)) {
    const layout = checkLayout(model, given);
    if (considered++ === 0) requireMemoryOptions(model, layout, memoryOptions);
    const { total } = worstStageMemory(stagePlan(model, layout, memoryOptions, modelParams));
    leastTotal = Math.min(leastTotal, total);
    if (total > limit) continue;
    fits.push({
      given,
      layout,
      needBytes: total * allocatorFactor,
      logSeconds: estimator.logSeconds(layout),
    });
  }
  if (considered === 0) {
    throw new RangeError(
      `no layout of ${devices} devices divides the model and a batch of ${globalBatch} sequences; change the devices or globalBatch`,
    );
  }
  fits.sort((a, b) => a.logSeconds - b.logSeconds || a.needBytes - b.needBytes);
  const found = comparison(fits[0], estimator, level, (globalBatch * sequenceTokens) / devices);
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
    leastBytes: leastTotal * allocatorFactor,
    layouts,
    front: front.map(found),
    tied: fits.filter((one) => !found(one).distinguishable).length,
    assumptions: estimator.assumptions ?? [],
  };
}

/** Bits of the operands of products, by format. */
const bitsOf = { bf16: 16, fp16: 16, fp8: 8, mxfp8: 8, nvfp4: 4 } as const satisfies Record<
  ProductFormat,
  number
>;

/** Says of a candidate what it takes, and how it stands to the fastest. */
function comparison(
  best: Candidate | undefined,
  estimator: StepEstimator,
  level: 0.8 | 0.95,
  tokens: number,
): (one: Candidate) => FoundLayout {
  const reach = estimator.prediction.factors[level === 0.8 ? "p80" : "p95"];
  let bestSensitivity: Float64Array | undefined;
  if (best) {
    estimator.logSeconds(best.layout);
    bestSensitivity = estimator.sensitivity();
  }
  return (one) => {
    estimator.logSeconds(one.layout);
    const spread = reach * estimator.deviation();
    const isBest = one === best;
    const apart = isBest
      ? 0
      : reach * estimator.differenceDeviation(estimator.sensitivity(), bestSensitivity!);
    const seconds = Math.exp(one.logSeconds);
    const logRatio = one.logSeconds - best!.logSeconds;
    const around = (log: number, by: number) => [Math.exp(log - by), Math.exp(log + by)] as const;
    return {
      layout: one.given,
      needBytes: one.needBytes,
      seconds,
      interval: around(one.logSeconds, spread),
      tokensPerSPerDevice: tokens / seconds,
      ratio: Math.exp(logRatio),
      ratioInterval: around(logRatio, apart),
      distinguishable: logRatio > apart,
    };
  };
}

const searched = [
  "sequenceTokens",
  "globalBatch",
  "fixed",
  "choices",
  "keep",
  "level",
  "allocatorFactor",
  "reservedBytes",
] as const;

const timed = ["estimator", "format", "stack", "modelName"] as const;

function checkSearch(cluster: SearchedCluster, options: SearchOptions): void {
  requireOptions("a cluster", cluster, ["devices", "accelerator"]);
  requireOptions("searchLayouts", options, [...searched, ...timed]);
  requireOptions("fixed", options.fixed === undefined ? {} : options.fixed, [
    "recipe",
    "attention",
    "offload",
  ]);
  requireChoices(options.choices === undefined ? {} : options.choices);
  const {
    sequenceTokens,
    globalBatch,
    keep = 20,
    level = 0.8,
    allocatorFactor = 1,
    reservedBytes = 0,
  } = options;
  requireWhole("devices", cluster.devices, 1, "give the devices of the cluster");
  requirePositive("accelerator.memoryBytes", cluster.accelerator?.memoryBytes, "give one of `accelerators`");
  requireWhole("sequenceTokens", sequenceTokens, 1, "give the tokens of a sequence");
  requireWhole("globalBatch", globalBatch, 1, "give the sequences of an optimiser step");
  requireWhole("keep", keep, 1, "20 is usual");
  if (level !== 0.8 && level !== 0.95)
    throw refusal("level", "must be .8 or .95", level, "0.8 is the default");
  requireOneOf("format", options.format ?? "bf16", productFormats);
  requireAtLeast("allocatorFactor", allocatorFactor, 1, "1 where nothing is lost to the allocator");
  requireReserve(reservedBytes, cluster.accelerator);
}
