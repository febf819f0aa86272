import type { RunLabels } from "../calibrate/RunLabels.ts";
import { machineRates } from "../machineRates.ts";
import { modelWork } from "../modelWork.ts";
import { operandBytes } from "../operandBytes.ts";
import { stepPartNames, stepParts, type TimedLayout } from "../stepParts.ts";
import type { TrainingScenario } from "./TrainingScenario.ts";

/** Labels of a scenario. */
export function scenarioLabels(scenario: TrainingScenario): RunLabels {
  const { stack, accelerator, format, modelKey, model, release, layout, assumptions } = scenario;
  const experts = modelWork(model).expertFlops > 0;
  return {
    stack,
    accelerator: accelerator.name,
    format,
    model: modelKey,
    kind: experts ? "experts" : "dense",
    release,
    layout: layoutLabel(layout),
    stated: !assumptions.some((one) => /^(batch|layout)/.test(one)),
  };
}

/** Label of a layout: what two runs must have in common to be repetitions. */
export function layoutLabel(layout: TimedLayout): string {
  const { tensorParallel: tp, pipelineParallel: pp, interleave: vp, contextParallel: cp, expertParallel: ep } = layout;
  return `${tp}-${pp}-${vp}-${cp}-${ep}-${layout.microBatch}-${layout.zeroStage}-${layout.recompute}`;
}

/** Ideal seconds of the parts of a scenario's step, and the bubble of its pipeline. */
export function scenarioParts(scenario: TrainingScenario): { readonly ideal: Float64Array; readonly bubble: number } {
  const { model, accelerator, format, layout, sequenceTokens, frozen, withPrediction } = scenario;
  const ideal = new Float64Array(stepPartNames.length);
  const step = { sequenceTokens, operandBytes: operandBytes(format), frozen };
  const bubble = stepParts(modelWork(model, withPrediction), layout, machineRates(accelerator, format), step, ideal);
  return { ideal, bubble };
}
