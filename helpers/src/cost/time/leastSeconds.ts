import type { Model } from "../../models/Model.ts";
import { machineRates, type ProductFormat } from "./machineRates.ts";
import { modelWork } from "./modelWork.ts";
import { operandBytes } from "./operandBytes.ts";
import { type StepPart, stepPartNames } from "./priorConstants.ts";
import { stepParts, type TimedLayout } from "./stepParts.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";

/** What a step goes over. */
export interface LeastOf {
  readonly sequenceTokens: number;
  readonly format: ProductFormat;
  readonly withPrediction: boolean;
  readonly frozen: boolean;
}

const products: readonly StepPart[] = ["matmul", "experts", "head", "attention"];

/** Seconds below which no step can be: those of its products at the peak, with nothing computed again. */
export function leastSeconds(
  model: Model,
  layout: TimedLayout,
  accelerator: TimedAccelerator,
  { sequenceTokens, format, withPrediction, frozen }: LeastOf,
): number {
  const ideal = new Float64Array(stepPartNames.length);
  const step = { sequenceTokens, operandBytes: operandBytes(format), frozen };
  const once: TimedLayout = { ...layout, recompute: "none" };
  stepParts(modelWork(model, withPrediction), once, machineRates(accelerator, format), step, ideal);
  return products.reduce((sum, part) => sum + ideal[stepPartNames.indexOf(part)]!, 0);
}
