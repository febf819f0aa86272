import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { peakOf } from "../../catalog/accelerators/peakOf.ts";
import { countParams } from "../../cost/arithmetic/countParams.ts";
import { productOf } from "../../cost/run/productOf.ts";
import type { FoundLayout } from "../../cost/search/searchLayouts.ts";
import { searchLayouts } from "../../cost/search/searchLayouts.ts";
import { publishedCalibration } from "../../cost/time/calibration.ts";
import type { ProductFormat } from "../../cost/time/machineRates.ts";
import { formatBytes } from "../../format/formatBytes.ts";
import { formatCount } from "../../format/formatCount.ts";
import { stepLaw } from "../../training/hyperparameters/stepLaw.ts";
import type { Planned } from "../TrainingPlan.ts";
import { shapeOfSize } from "./shapeOfSize.ts";

const sequenceTokens = 4096;

/** Published device hours over expected ones, of DeepSeek-V3, Llama 3.1 8B and 405B (notebook time-and-money). */
export const wholeRuns = [0.78, 2.2, 1.2] as const;

/** Share of the time that is training, as the largest runs published it; see `publishedGoodput`. */
const goodput = { value: Math.sqrt(0.85 * 0.97), low: 0.85, high: 0.97 };

/**
 * FLOPs (6 N D) that an accelerator does in an hour of a run: the fastest layout that fits, timed by the calibrated model,
 * downtime counted.
 *
 * The run that is timed is a dense decoder of the size that is optimal for `flops` by the rule of 20 tokens a parameter,
 * on `gpus` accelerators or, where none are given, as many as end in about `days`, 60 unless told. The 95 % interval holds the
 * uncertainty of the time model and the range of goodputs.
 *
 * @returns undefined where no layout fits so many accelerators
 */
export function expectedRate(question: {
  readonly flops: number;
  readonly accelerator: CatalogAccelerator;
  readonly gpus?: number | undefined;
  /** Days in which it shall end, where `gpus` is not given. */
  readonly days?: number | undefined;
  readonly format: ProductFormat;
}): Planned | undefined {
  const { flops, accelerator, format } = question;
  const peak = peakOf(accelerator, format === "mxfp8" ? "fp8" : format).flopsPerS;
  const devices = question.gpus ?? usualDevices(flops / (0.4 * peak), question.days ?? 60);
  const params = Math.sqrt(flops / 120);
  const shape = shapeOfSize(params);
  const found = fastest(shape, { devices, accelerator, format, tokens: 20 * params });
  if (!found) return undefined;
  const nParams = countParams(shape).total;
  const perTokens = 6 * nParams * 3600;
  const [low, high] = found.interval;
  const middle = perTokens * found.tokensPerSPerDevice;
  const rate = {
    value: middle,
    low: (middle * found.seconds) / high,
    high: (middle * found.seconds) / low,
  };
  const hourly = productOf([{ of: rate }, { of: goodput }]);
  const { layout } = found;
  const { tensorParallel: tp, pipelineParallel: pp, contextParallel: cp, zeroStage } = layout;
  const share = (100 * middle) / (3600 * peak);
  const parts = [`tensor ${tp}`, `pipeline ${pp}`, ...(cp > 1 ? [`context ${cp}`] : []), `ZeRO ${zeroStage}`];
  return {
    value: hourly.value,
    unit: "FLOPs per accelerator hour",
    from: `${accelerator.name} at ${share.toFixed(0)} % of its dense ${format} peak, 85 to 97 % of the time`,
    interval: [hourly.low, hourly.high],
    notes: [
      `timed as ${publishedCalibration().runs.length} published runs were, for a dense model of ${formatCount(nParams)} on ${formatCount(devices)} accelerators in the fastest layout that fits (${parts.join(", ")}; ${formatBytes(found.needBytes)} of ${formatBytes(accelerator.memoryBytes)}), sequences of ${sequenceTokens} tokens; isoflop cost train times yours`,
      `the device hours of four published trainings are ${wholeRuns[0]} (DeepSeek-V3) to ${wholeRuns[1]} times (Llama 3.1 8B) those expected so, 405B ${wholeRuns[2]} times: hours hold more than steps`,
    ],
  };
}

/** A power of two of accelerators, 8 to 16,384, that ends in about so many days. */
function usualDevices(seconds: number, days: number): number {
  const needed = Math.max(1, seconds / (days * 86_400));
  return Math.min(16_384, Math.max(8, 2 ** Math.round(Math.log2(needed))));
}

function fastest(
  shape: ReturnType<typeof shapeOfSize>,
  run: { devices: number; accelerator: CatalogAccelerator; format: ProductFormat; tokens: number },
): FoundLayout | undefined {
  const { devices, accelerator, format, tokens } = run;
  // Step Law's batch, as a power of two of sequences that replicas divide.
  const { batchTokens } = stepLaw({ nParams: tokens / 20, nTokens: tokens });
  const sequences = batchTokens / sequenceTokens;
  const odd = devices / 2 ** Math.floor(Math.log2(devices & -devices));
  const globalBatch = odd * Math.max(8, 2 ** Math.round(Math.log2(Math.max(1, sequences / odd))));
  const options = { sequenceTokens, globalBatch, format, keep: 1, level: 0.95 } as const;
  return searchLayouts(shape, { devices, accelerator }, options).layouts[0];
}
