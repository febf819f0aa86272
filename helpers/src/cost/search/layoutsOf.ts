import type { Model } from "../../models/Model.ts";
import { refusal, requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { divisorsOf, tensorDivides } from "../layout/divisors.ts";
import type { Layout } from "../layout/Layout.ts";
import type { ZeroStage } from "../layout/ZeroStage.ts";
import type { TimedLayout } from "../time/stepParts.ts";

/** Values of each field that a search tries; what is left out has its default. */
export interface LayoutChoices {
  /** Default every divisor of the devices of a node, or of those that evenly filled nodes (or domains of 72) have. */
  readonly tensorParallel?: readonly number[];
  /** Default every divisor of the devices up to the layers. */
  readonly pipelineParallel?: readonly number[];
  /** Default 1, 2, 4 and 8. */
  readonly contextParallel?: readonly number[];
  /** Default every divisor of the experts. */
  readonly expertParallel?: readonly number[];
  /** Default 1, 2, 4, 8 and 16. */
  readonly microBatch?: readonly number[];
  /** Default every divisor of the layers of a stage. */
  readonly interleave?: readonly number[];
  /** Default 1, and 2 and 3 without a pipeline; 0 where there is one replica. */
  readonly zeroStage?: readonly (0 | 1 | 2 | 3)[];
  /** Default "none" and "full". */
  readonly recompute?: readonly ("none" | "selective" | "full")[];
}

/** A layout as a search tries it: as `checkLayout`, `trainingMemory` and `trainingStep` take it, with every degree named. */
export type SearchedLayout = Layout &
  Omit<TimedLayout, "shardDevices" | "microBatches" | "attention"> &
  Required<Pick<Layout, "expertTensorParallel">>;

/** What all layouts of a search have in common. */
export interface LayoutsOf {
  readonly devices: number;
  readonly devicesPerNode: number;
  readonly globalBatch: number;
  readonly sequenceTokens: number;
  readonly choices: LayoutChoices;
  /** Fields that stand in every layout, such as the recipe. */
  readonly fixed: Layout;
}

/** Throws where a list of choices is none, or holds what no layout can have. */
export function requireChoices(choices: LayoutChoices): void {
  const counts = ["tensorParallel", "pipelineParallel", "contextParallel", "expertParallel"] as const;
  const others = ["microBatch", "interleave", "zeroStage", "recompute"] as const;
  requireOptions("choices", choices, [...counts, ...others]);
  for (const [name, values] of Object.entries(choices)) {
    if (values === undefined) continue;
    if (!Array.isArray(values) || values.length === 0)
      throw refusal(`choices.${name}`, "must be a list of one value or more", values, "such as [1, 2, 4]");
    if (new Set(values).size < values.length) {
      throw refusal(`choices.${name}`, "must have each value once", `${values}`, "leave repetitions out");
    }
    if (name === "recompute") {
      for (const value of values) requireOneOf("choices.recompute", value, ["none", "selective", "full"]);
    } else if (name === "zeroStage") {
      for (const value of values) requireWholeBetween("choices.zeroStage", value, 0, 3, "0 to 3");
    } else {
      for (const value of values)
        requireWhole(`choices.${name}`, value, 1, "give whole numbers of 1 or more");
    }
  }
}

/** Divisors of a whole number, ascending. */
export function divisors(n: number): number[] {
  const low: number[] = [];
  const high: number[] = [];
  for (let i = 1; i * i <= n; i++) {
    if (n % i !== 0) continue;
    low.push(i);
    if (i * i !== n) high.unshift(n / i);
  }
  return [...low, ...high];
}

/**
 * Every layout of a cluster whose sizes divide: degrees that share the heads, inner values, experts, tokens, batch and
 * devices. Layers that do not divide go to stages as evenly as they can.
 */
export function* layoutsOf(model: Model, search: LayoutsOf): Generator<SearchedLayout> {
  const { devices, devicesPerNode, globalBatch, sequenceTokens, choices, fixed } = search;
  const counts = divisorsOf(model);
  const nLayers = model.layers.length;
  const tensor = (choices.tensorParallel ?? withinNode(devices, devicesPerNode)).filter(
    (tp) => devices % tp === 0 && sequenceTokens % tp === 0 && tensorDivides(counts, tp),
  );
  const expertDegrees = counts.experts.length > 0 ? divisors(Math.min(...counts.experts)) : [1];
  const experts = (choices.expertParallel ?? expertDegrees).filter((ep) =>
    counts.experts.every((n) => n % ep === 0),
  );
  for (const tensorParallel of tensor) {
    for (const contextParallel of choices.contextParallel ?? [1, 2, 4, 8]) {
      const one = tensorParallel * contextParallel;
      if (devices % one !== 0 || sequenceTokens % one !== 0) continue;
      for (const pipelineParallel of choices.pipelineParallel ?? divisors(devices / one)) {
        if (pipelineParallel > nLayers || (devices / one) % pipelineParallel !== 0) continue;
        const dataParallel = devices / one / pipelineParallel;
        if (globalBatch % dataParallel !== 0) continue;
        const stage = one * dataParallel;
        for (const expertParallel of experts) {
          // With experts spread over devices their matrices stay whole, as in the recipes of Megatron-Bridge.
          const expertTensorParallel = expertParallel > 1 ? 1 : tensorParallel;
          if (stage % (expertParallel * expertTensorParallel) !== 0) continue;
          if (counts.expertTensor.some(({ count }) => count % expertTensorParallel !== 0)) continue;
          const base = { ...fixed, devices, globalBatch, tensorParallel, contextParallel, pipelineParallel };
          yield* withBatch(
            { ...base, dataParallel, expertParallel, expertTensorParallel },
            { nLayers, search },
          );
        }
      }
    }
  }
}

/**
 * Devices that can share a matrix within a node: divisors of a whole one, and of the most that divide the run where nodes
 * are not filled, such as 64 of the 72 of an NVL72.
 */
function withinNode(devices: number, devicesPerNode: number): number[] {
  const filled = divisors(devices).findLast((count) => count <= devicesPerNode) ?? 1;
  return [...new Set([...divisors(devicesPerNode), ...divisors(filled)])].sort((a, b) => a - b);
}

/** Stages of ZeRO that runs have: weights leave the device at stage 3 only, and pipelines keep whole gradients. */
function usualStages(replicas: number, pipelineParallel: number, { offload }: Layout): readonly ZeroStage[] {
  if (offload === "all") return [3];
  if (replicas === 1) return [0];
  return pipelineParallel === 1 ? [1, 2, 3] : [1];
}

function* withBatch(
  degrees: Omit<SearchedLayout, "microBatch" | "interleave" | "zeroStage" | "recompute">,
  of: { readonly nLayers: number; readonly search: LayoutsOf },
): Generator<SearchedLayout> {
  const { nLayers, search } = of;
  const { choices, globalBatch } = search;
  const { pipelineParallel: p, dataParallel } = degrees;
  const sequences = globalBatch / dataParallel;
  const even = nLayers % p === 0;
  const replicas = dataParallel * degrees.contextParallel;
  const zero = (choices.zeroStage ?? usualStages(replicas, p, search.fixed)).filter(
    (stage) => stage === 3 || search.fixed.offload !== "all",
  );
  for (const microBatch of choices.microBatch ?? [1, 2, 4, 8, 16]) {
    if (sequences % microBatch !== 0) continue;
    const microBatches = sequences / microBatch;
    const groups = p > 1 && even && microBatches % p === 0 ? divisors(nLayers / p) : [1];
    const interleaves = choices.interleave?.filter((v) => groups.includes(v)) ?? groups;
    for (const interleave of interleaves) {
      for (const zeroStage of zero) {
        for (const recompute of choices.recompute ?? (["none", "full"] as const)) {
          yield {
            ...degrees,
            microBatch,
            interleave,
            zeroStage,
            recompute,
            ...(!even && { stages: "balanced" as const }),
          };
        }
      }
    }
  }
}
