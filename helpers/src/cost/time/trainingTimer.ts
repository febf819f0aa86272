import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { RunLabels } from "./calibrate/RunLabels.ts";
import type { TimeCalibration } from "./calibrate/TimeCalibration.ts";
import { TimePrediction } from "./calibrate/TimePrediction.ts";
import { publishedCalibration } from "./calibration.ts";
import { machineRates, type ProductFormat, productFormats } from "./machineRates.ts";
import { modelWork } from "./modelWork.ts";
import { operandBytes } from "./operandBytes.ts";
import { stepPartNames } from "./priorConstants.ts";
import { requireTimedStep } from "./requireTimed.ts";
import { measuredModelKey } from "./rows/measuredModelKey.ts";
import { stackOf } from "./rows/rowTerms.ts";
import { stepParts, type TimedLayout } from "./stepParts.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";

/** What a step goes over, and with which software. */
export interface TimedStep {
  /** Tokens of a sequence. */
  readonly sequenceTokens: number;
  /** Format of the operands of products. Default "bf16". */
  readonly format?: ProductFormat;
  /** Software, such as "Megatron-Bridge 26.04", "llm-foundry", "Megatron-LM", "MaxText"; unknown, the interval is wider. */
  readonly stack?: string;
  /** Name of the model, by which runs of the same one are found. Default that of the model. */
  readonly modelName?: string;
  /** Only adapters are trained. Default false. */
  readonly frozen?: boolean;
  /** Train prediction modules, too. Default false. */
  readonly withPrediction?: boolean;
  /** Whether layout and batch are those of the run (default) or assumed. */
  readonly stated?: boolean;
  /** Default what this package calibrated on published runs. */
  readonly calibration?: TimeCalibration;
}

/** Fields of `TimedStep`, for those that take them among others. */
export const timedStepFields = [
  "sequenceTokens",
  "format",
  "stack",
  "modelName",
  "frozen",
  "withPrediction",
  "stated",
  "calibration",
] as const satisfies readonly (keyof TimedStep)[];

/** Times steps of one model on one kind of accelerator in many layouts. */
export interface TrainingTimer {
  /** Mean of the logarithm of the seconds of a step; no layout is checked. */
  logSeconds(layout: TimedLayout): number;
  /** Standard deviation of that logarithm for the layout that was timed last. */
  deviation(): number;
  /** A copy of what the layout timed last depends on, for `differenceDeviation`. */
  sensitivity(): Float64Array;
  /**
   * Standard deviation of the difference of two logarithms: what both layouts share cancels, so that layouts can be told
   * apart whose times alone are uncertain.
   */
  differenceDeviation(a: Float64Array, b: Float64Array): number;
  readonly prediction: TimePrediction;
  readonly labels: RunLabels;
}

/**
 * A timer for many layouts of one model, accelerator and length of sequences: what does not depend on the layout is worked
 * out once.
 *
 * @throws RangeError on a length that is not whole, a format without a peak, or an option of another type
 * @example
 * import { checkLayout, modelShape, trainingTimer } from "isoflop";
 * const h100 = { name: "H100-SXM-80GB", memoryBytesPerS: 3.35e12, peaks: { bf16: 989e12 } };
 * const model = modelShape("Llama-3-8B");
 * const timer = trainingTimer(model, h100, { sequenceTokens: 8192 });
 * const seconds = (zeroStage: 0 | 3) => timer.logSeconds(checkLayout(model, { devices: 8, globalBatch: 64, zeroStage }));
 * seconds(0) < seconds(3); // => true
 */
export function trainingTimer(
  shape: TransformerShape | Model,
  accelerator: TimedAccelerator,
  step: TimedStep,
  layoutLabel = "",
): TrainingTimer {
  requireOptions("trainingTimer", step, timedStepFields);
  requireTimedStep(step);
  const { sequenceTokens, format = "bf16", stack = "", frozen = false, withPrediction = false } = step;
  requireWhole("sequenceTokens", sequenceTokens, 1, "give the tokens of a sequence, such as 8192");
  requireOneOf("format", format, productFormats);
  const model = modelFromShape(shape);
  const rates = machineRates(accelerator, format);
  const work = modelWork(model, withPrediction);
  const labels: RunLabels = {
    stack: stackOf("", stack),
    accelerator: accelerator.name,
    format,
    model: measuredModelKey(step.modelName ?? model.name) ?? step.modelName ?? model.name,
    kind: work.expertFlops > 0 ? "experts" : "dense",
    release: /\b(\d\d\.\d\d)\b/.exec(stack)?.[1] ?? "",
    layout: layoutLabel,
    stated: step.stated ?? true,
  };
  const prediction = new TimePrediction(step.calibration ?? publishedCalibration(), labels);
  const ideal = new Float64Array(stepPartNames.length);
  const of = { sequenceTokens, operandBytes: operandBytes(format), frozen };
  return {
    prediction,
    labels,
    logSeconds: (layout) => prediction.logMean(ideal, stepParts(work, layout, rates, of, ideal)),
    deviation: () => Math.sqrt(prediction.variance()),
    sensitivity: () => prediction.shares.slice(),
    differenceDeviation(a, b) {
      const difference = a.map((share, k) => share - b[k]!);
      return Math.sqrt(prediction.variance(difference) + 2 * prediction.ownVariance);
    },
  };
}
