import type { Model } from "../../models/Model.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { generationOf } from "./calibrate/RunLabels.ts";
import { runGroup } from "./calibrate/spreads.ts";
import { unseenParts } from "./calibrate/unseenParts.ts";
import { publishedCalibration } from "./calibration.ts";
import { type MfuConvention, mfuConventions, modelFlopsPerToken } from "./conventions.ts";
import { hardwareFlopsPerToken } from "./hardwareFlops.ts";
import { leastSeconds } from "./leastSeconds.ts";
import { machineRates, type ProductFormat } from "./machineRates.ts";
import { layoutLabel } from "./rows/layoutLabel.ts";
import type { StepTime, TimedFigure } from "./StepTime.ts";
import { secondsByPart } from "./secondsByPart.ts";
import type { TimedLayout } from "./stepParts.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";
import { type TimedStep, timedStepFields, trainingTimer } from "./trainingTimer.ts";
import { unseenOf } from "./unseenOf.ts";

/** Options of `trainingStep`. */
export interface TimedRunOptions extends TimedStep {
  /** How FLOPs are counted for MFU and HFU. Default "causal". */
  readonly convention?: MfuConvention;
  /** Parameters for conventions that go by them, where a source states others than the model's. */
  readonly params?: number;
  /** Format whose peak MFU is a share of. Default that of the products. */
  readonly peakFormat?: ProductFormat;
}

export const timedRunFields = [
  ...timedStepFields,
  "convention",
  "params",
  "peakFormat",
] as const satisfies readonly (keyof TimedRunOptions)[];

/** Devices of the largest runs that are calibrated on: three stages of Llama 3.1 405B on 8,192 and 16,384 were 23 to 31 % slower. */
const mostDevices = 1024;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** The time of a step in a layout that need not be checked, as tables of measurements describe runs. */
export function timedRun(
  model: Model,
  layout: TimedLayout,
  accelerator: TimedAccelerator,
  options: TimedRunOptions,
): StepTime {
  const { convention = "causal", params, peakFormat, stated = true, ...step } = options;
  requireOneOf("convention", convention, mfuConventions);
  const { sequenceTokens, format = "bf16", withPrediction = false, frozen = false } = step;
  const timer = trainingTimer(model, accelerator, { ...step, stated }, layoutLabel(layout));
  const logSeconds = timer.logSeconds(layout);
  const deviation = timer.deviation();
  const { factors, novelty } = timer.prediction;
  const seconds = Math.exp(logSeconds);
  const of = { sequenceTokens, format, withPrediction, frozen };
  // Wide intervals end where products alone would take as long at the peak of the data sheet.
  const leastFactor = Math.min(1, leastSeconds(model, layout, accelerator, of) / seconds);
  const figure = (middle: number, sign: 1 | -1): TimedFigure => {
    const at = (reach: number) => middle * Math.max(Math.exp(reach * deviation), leastFactor) ** sign;
    return {
      value: middle,
      interval80: [at(-sign * factors.p80), at(sign * factors.p80)],
      interval95: [at(-sign * factors.p95), at(sign * factors.p95)],
    };
  };
  const tokens = layout.globalBatch * sequenceTokens;
  const rate = tokens / layout.devices / seconds;
  const counted = {
    sequenceTokens,
    convention,
    withPrediction,
    frozen,
    ...(params !== undefined && { params }),
  };
  const flops = modelFlopsPerToken(model, counted);
  const hardware = hardwareFlopsPerToken(model, layout, counted);
  const peak = {
    format: peakFormat ?? format,
    flopsPerS: machineRates(accelerator, peakFormat ?? format).flopsPerS,
  };
  const calibration = step.calibration ?? publishedCalibration();
  const { runs } = calibration;
  const unseen = unseenParts(calibration, timer.prediction.shares.subarray(1));
  const group = runGroup(timer.labels);
  const near = runs.some(
    ({ labels }) =>
      labels.kind === timer.labels.kind &&
      labels.format === format &&
      generationOf(labels.accelerator) === generationOf(accelerator.name),
  );
  return {
    seconds: figure(seconds, 1),
    tokensPerSPerDevice: figure(rate, -1),
    mfu: figure((rate * flops) / peak.flopsPerS, -1),
    hfu: figure((rate * hardware) / peak.flopsPerS, -1),
    modelFlopsPerToken: flops,
    convention,
    peak,
    tokensPerStep: tokens,
    parts: secondsByPart(model, layout, accelerator, of, timer, seconds),
    deviation,
    factors,
    calibratedOn: {
      runs: runs.length,
      sameGroup: group === "" ? 0 : runs.filter(({ labels }) => runGroup(labels) === group).length,
    },
    // Software that is not named is in the interval; software that is named, and unknown, may be anything.
    inDistribution:
      near &&
      unseen.length === 0 &&
      (layout.devices <= mostDevices || step.calibration !== undefined) &&
      ((step.stack ?? "").trim() === "" || !novelty.includes("stack")),
    assumptions: [
      ...unseenOf({ novelty }, step.stack),
      ...(layout.devices > mostDevices && step.calibration === undefined
        ? ["no run on more than 1,024 devices is calibrated on: what more of them lose is not in the time"]
        : []),
      ...unseen.map(
        ({ part, share, largest }) =>
          `${part}: ${percent(share)} of this step, at most ${percent(largest)} of those that are calibrated on`,
      ),
    ],
  };
}
