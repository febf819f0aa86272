import type { Model } from "../../../models/Model.ts";
import { modelFromShape } from "../../../models/modelFromShape.ts";
import type { TransformerShape } from "../../../models/TransformerShape.ts";
import {
  refusal,
  requireAbove,
  requireAtLeast,
  requireNonNegative,
  requireWhole,
} from "../../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { countParams } from "../../arithmetic/countParams.ts";
import { checkLayout } from "../../layout/checkLayout.ts";
import type { CheckedLayout, Layout } from "../../layout/Layout.ts";
import type { FineTuning, TrainingMemory, TrainingMemoryOptions } from "./MemoryParts.ts";
import { stageMemory } from "./stageMemory.ts";
import { stagePlan } from "./stagePlan.ts";

/**
 * Memory that training takes on each device, by part and by pipeline stage.
 *
 * States follow the recipe (bytes for each parameter) and the stage of ZeRO, activations the blocks: norm inputs, operands
 * of the products, queries, keys and values, inner values of feed-forwards, the tokens that experts get; with flash
 * attention nothing grows with the square of the sequence. A GPT block in 16 bit with dropout and without flash keeps
 * 34·s·b·h + 5·a·s²·b bytes, with selective recomputation 34·s·b·h, with full 2·s·b·h, divided as tensor and sequence
 * parallelism divide them. Stage r of a pipeline of p keeps min(p − r, m) micro-batches (1F1B).
 *
 * The total is the most that is allocated at a time. The allocator holds more (see docs/cost.md for how much was
 * measured), and so do libraries of communication, the process itself and fragmentation. Towers count as weights only.
 *
 * Source: Korthikanti et al. 2022 (arXiv 2205.05198), Table 2 and section 4; Rajbhandari et al. 2020 (arXiv 1910.02054);
 * PyTorch's eager modules as measured in the dataset `gpuTraining`.
 *
 * @throws RangeError on a layout that does not fit the model, or options outside their domain
 * @example
 * import { modelShape, trainingMemory } from "isoflop";
 * const layout = { devices: 8, zeroStage: 3, recipe: "fp32-adam", recompute: "full" } as const;
 * const { total, states } = trainingMemory(modelShape("Llama-3-8B"), layout, { sequenceTokens: 8192 });
 * `${(states / 2 ** 30).toFixed(1)} of ${(total / 2 ** 30).toFixed(1)} GiB`; // => "7.5 of 26.9 GiB"
 */
export function trainingMemory(
  shape: TransformerShape | Model,
  layout: Layout,
  options: TrainingMemoryOptions,
): TrainingMemory {
  const model = modelFromShape(shape);
  const checked = checkLayout(model, layout);
  requireMemoryOptions(model, checked, options);
  return memoryOf(model, checked, options, countParams(model).total);
}

/** The same for a layout that was checked; a search calls it. */
export function memoryOf(
  model: Model,
  layout: CheckedLayout,
  options: TrainingMemoryOptions,
  modelParams: number,
): TrainingMemory {
  const plan = stagePlan(model, layout, options, modelParams);
  const stages = Array.from({ length: layout.pipelineParallel }, (_, stage) => stageMemory(plan, stage));
  const worst = stages.reduce((most, stage) => (stage.total > most.total ? stage : most));
  const { stage: worstStage, layers: _, inFlight: __, ...parts } = worst;
  return { ...parts, worstStage, stages };
}

/** Fields of `TrainingMemoryOptions`. */
export const memoryOptionNames = [
  "sequenceTokens",
  "stack",
  "dropout",
  "expertImbalance",
  "prediction",
  "fineTuning",
] as const satisfies readonly (keyof TrainingMemoryOptions)[];

/** Throws where options do not fit the model or its layout. */
export function requireMemoryOptions(
  model: Model,
  { contextParallel, tensorParallel, sequenceParallel }: CheckedLayout,
  options: TrainingMemoryOptions,
): void {
  requireOptions("trainingMemory", options, memoryOptionNames);
  const { sequenceTokens, stack = "megatron", expertImbalance = 1, fineTuning } = options;
  requireWhole("sequenceTokens", sequenceTokens, 1, "give the tokens of a sequence, such as 4096");
  const parts = contextParallel * (sequenceParallel ? tensorParallel : 1);
  if (sequenceTokens % parts !== 0) {
    const wanted = `must be a multiple of the ${parts} devices that divide a sequence`;
    throw refusal("sequenceTokens", wanted, sequenceTokens, "change context or sequence parallelism");
  }
  requireOneOf("stack", stack, ["megatron", "pytorch"]);
  requireAtLeast("expertImbalance", expertImbalance, 1, "1 where experts are balanced");
  if (model.towers.some(({ role }) => role === "encoder")) {
    throw new RangeError(
      "trainingMemory takes models without an encoder, got an encoder-decoder; its two sequences are not modelled",
    );
  }
  requireSwitch("dropout", options.dropout);
  requireSwitch("prediction", options.prediction);
  if (fineTuning) requireFineTuning(fineTuning, model);
}

/** Throws unless a switch is on, off or left out: "no" and 0.1 are neither. */
function requireSwitch(name: string, value: boolean | undefined): void {
  if (value !== undefined && typeof value !== "boolean") {
    throw refusal(name, "must be true or false", value, "leave it out for its default");
  }
}

function requireFineTuning(fineTuning: FineTuning, model: Model): void {
  requireOptions("fineTuning", fineTuning, [
    "trainableParams",
    "addsParams",
    "baseBits",
    "stateBytes",
    "forwardOnly",
  ]);
  const { trainableParams, addsParams = true, baseBits = 16, stateBytes = 0 } = fineTuning;
  requireNonNegative("trainableParams", trainableParams, "give the values that are trained");
  requireSwitch("addsParams", addsParams);
  requireSwitch("forwardOnly", fineTuning.forwardOnly);
  const { total } = countParams(model);
  if (!addsParams && trainableParams > total) {
    const wanted = `must be at most the ${total} parameters of the model where none are added`;
    throw refusal("trainableParams", wanted, trainableParams, "set addsParams: true for adapters");
  }
  requireAbove("baseBits", baseBits, 0, "16, or 4.127 for NF4 with its scales");
  requireNonNegative("stateBytes", stateBytes, "leave it out for the recipe's states");
}
