import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { checkLayout } from "../layout/checkLayout.ts";
import type { Layout } from "../layout/Layout.ts";
import { productFormats } from "./machineRates.ts";
import type { StepTime } from "./StepTime.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";
import { type TimedRunOptions, timedRun, timedRunFields } from "./timedRun.ts";

/** Formats that the bits of a layout stand for, where none is named. */
const formatOfBits = { 32: "bf16", 16: "bf16", 8: "fp8", 4: "nvfp4" } as const;

/**
 * The time of a training step: seconds, tokens per second of a device, MFU and HFU, each with intervals of 80 and 95 %, and
 * what the time goes to.
 *
 * ln t = ln Σ_k c_k x_k + deviations: x_k are seconds at the rates of the data sheet (`stepParts`), c_k constants calibrated
 * on published runs, deviations what runs with the same software, accelerator, model or layout share. Intervals hold the
 * uncertainty of all of them, and reach as far as it took for runs that were left out (`calibrateTime`).
 *
 * @param layout as `checkLayout` takes it
 * @param accelerator a data sheet of `accelerators`, or your own
 * @throws RangeError on a layout that cannot be, a format without a peak, or an unknown option
 * @example
 * import { accelerators, modelShape, trainingStep } from "isoflop";
 * const layout = { devices: 64, tensorParallel: 4, pipelineParallel: 8, interleave: 5, globalBatch: 128, zeroStage: 1 } as const;
 * const step = trainingStep(modelShape("Llama-3-70B"), layout, accelerators["h100-sxm-80gb"], {
 *   sequenceTokens: 8192, format: "fp8", stack: "Megatron-Bridge 25.09", modelName: "Llama-3-70B",
 * });
 * const [low, high] = step.tokensPerSPerDevice.interval95;
 * low < 1619 && 1619 < high; // => true
 */
export function trainingStep(
  shape: TransformerShape | Model,
  layout: Layout,
  accelerator: TimedAccelerator,
  options: TimedRunOptions,
): StepTime {
  requireOptions("trainingStep", options, timedRunFields);
  const model = modelFromShape(shape);
  const checked = checkLayout(model, layout);
  const { format = formatOfBits[checked.productBits] } = options;
  requireOneOf("format", format, productFormats);
  return timedRun(model, checked, accelerator, { ...options, format });
}
