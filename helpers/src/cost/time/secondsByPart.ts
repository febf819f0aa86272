import type { Model } from "../../models/Model.ts";
import { machineRates, type ProductFormat } from "./machineRates.ts";
import { modelWork } from "./modelWork.ts";
import { operandBytes } from "./operandBytes.ts";
import { type StepPart, stepPartNames } from "./priorConstants.ts";
import type { StepSeconds } from "./StepTime.ts";
import { firstPartOfStep, stepParts, type TimedLayout } from "./stepParts.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";
import type { TrainingTimer } from "./trainingTimer.ts";

interface PartsOf {
  readonly sequenceTokens: number;
  readonly format: ProductFormat;
  readonly withPrediction: boolean;
  readonly frozen: boolean;
}

const memoryParts: readonly StepPart[] = ["memory", "routing", "logits", "casts", "weights"];
const matmulParts: readonly StepPart[] = ["matmul", "experts", "head"];

/** The seconds of a step by what they go to, for the layout that the timer timed last. */
export function secondsByPart(
  model: Model,
  layout: TimedLayout,
  accelerator: TimedAccelerator,
  { sequenceTokens, format, withPrediction, frozen }: PartsOf,
  timer: TrainingTimer,
  seconds: number,
): StepSeconds {
  const rates = machineRates(accelerator, format);
  const work = modelWork(model, withPrediction);
  const step = { sequenceTokens, operandBytes: operandBytes(format), frozen };
  const ideal = new Float64Array(stepPartNames.length);
  const once = new Float64Array(stepPartNames.length);
  const bubble = stepParts(work, layout, rates, step, ideal);
  stepParts(work, { ...layout, recompute: "none" }, rates, step, once);
  const shares = timer.prediction.shares.subarray(1);
  let recompute = 0;
  let waiting = 0;
  const own = Array.from(shares, (share, k) => {
    const all = share * seconds;
    const busy = k < firstPartOfStep ? all / (1 + bubble) : all;
    waiting += all - busy;
    const first = ideal[k]! > 0 ? busy * (once[k]! / ideal[k]!) : 0;
    recompute += busy - first;
    return first;
  });
  const of = (...names: readonly StepPart[]) =>
    names.reduce((sum, name) => sum + own[stepPartNames.indexOf(name)]!, 0);
  return {
    matmul: of(...matmulParts),
    attention: of("attention"),
    recurrence: of("recurrence"),
    memory: of(...memoryParts),
    recompute,
    bubble: waiting,
    launches: of("launches", "expertLaunches"),
    tensorLinks: of("tensorLinks"),
    expertLinks: of("expertLinks"),
    contextLinks: of("contextLinks"),
    gathers: of("gathers"),
    gradients: of("gradients"),
    optimizer: of("optimizer"),
  };
}
