import type { Accelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { NumberFormat } from "../../catalog/accelerators/NumberFormat.ts";
import { peakOf } from "../../catalog/accelerators/peakOf.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type AttentionShape, trainingFlops } from "./trainingFlops.ts";

/** A training that is over. */
export interface FinishedTraining {
  /** Parameters that a token uses. */
  readonly params: number;
  readonly tokens: number;
  /** Hours by the clock of all accelerators together, or with `gpus` 1 the device hours. */
  readonly hours: number;
  /** Accelerators at work for these hours, default 1: then `hours` are device hours. */
  readonly gpus?: number;
  /** A name that `findAccelerator` finds, or a data sheet. */
  readonly accelerator: string | Accelerator;
  /** Number format whose peak counts, default 16 bits. */
  readonly format?: NumberFormat | 16 | 8 | 4;
  readonly attention?: AttentionShape;
}

/**
 * Share of the peak that a finished training reached by its hours: MFU = FLOPs / (hours 3600 gpus peak). Restarts, evaluation
 * and everything else that the hours hold count against it, so it is less than the MFU of a running step.
 *
 * @throws RangeError on numbers that are not > 0, an MFU above 1, or an unknown accelerator, format or option
 *
 * @example
 * import { impliedMfu } from "isoflop";
 * impliedMfu({ params: 70e9, tokens: 16.4e6, hours: 13.5, gpus: 16, accelerator: "a100-sxm-80gb" }); // => 0.02839
 */
export function impliedMfu(training: FinishedTraining): number {
  requireOptions("impliedMfu", training, [
    "params",
    "tokens",
    "hours",
    "gpus",
    "accelerator",
    "format",
    "attention",
  ]);
  const { params, tokens, hours, gpus = 1, accelerator, format = 16, attention } = training;
  requirePositive("hours", hours, "give the hours of the training, or its device hours");
  requireWhole("gpus", gpus, 1, "give the number of accelerators");
  const sheet = readAccelerator(accelerator);
  const flops = trainingFlops({ params, tokens, ...(attention && { attention }) });
  const peak = peakOf(sheet, format);
  const mfu = flops / (3600 * hours * gpus * peak.flopsPerS);
  // Above the peak nothing runs: the figures are of another number of accelerators, unit of time or format.
  if (!(mfu <= 1)) {
    const wanted = `must be at most 1 of the ${peak.format} peak of ${sheet.name}`;
    throw refusal("the MFU", wanted, mfu, "check hours, gpus (1 where hours are device hours) and format");
  }
  return mfu;
}
