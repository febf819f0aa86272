import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { stepsAndExamples } from "./stepsAndExamples.ts";

/** The batches to compare, and the run whose tokens are known. */
export interface TimeAgainstComputeQuestion {
  /** Tokens, as of McCandlish: twice the least steps and tokens. */
  readonly criticalBatch: number;
  /** Batches in tokens. */
  readonly batches: readonly number[];
  /** Tokens that the loss takes at the smallest batches. */
  readonly leastTokens: number;
  /** Parameters, for FLOPs by 6 N D. */
  readonly nParams: number;
  /** Seconds a step takes however large the batch (latency, communication). Default 0. */
  readonly secondsPerStep?: number;
  /** FLOPs a second of one accelerator at work. With `tokensPerAccelerator` it gives the time. */
  readonly flopsPerSecond?: number;
  /** Tokens of a batch that one accelerator takes: a batch of B runs on B over this many of them. */
  readonly tokensPerAccelerator?: number;
}

/** One batch of `timeAgainstCompute`. */
export interface BatchCost {
  readonly batch: number;
  readonly steps: number;
  readonly nTokens: number;
  readonly flops: number;
  /** Accelerators that share a batch; absent without `tokensPerAccelerator`. */
  readonly accelerators?: number;
  /** Absent without a speed. */
  readonly seconds?: number;
}

/**
 * What reaching one loss takes at each batch: steps (time, where accelerators grow with the batch) against tokens and
 * compute, the front of McCandlish et al. along which no batch beats another in both.
 *
 * Each step takes `secondsPerStep` plus `6 N` FLOPs for every token of one accelerator's share of the batch; doubling
 * the batch on twice the accelerators halves the time only far below the critical batch.
 *
 * Source: McCandlish et al. 2018 (arXiv:1812.06162), equation 2.11 and section 2.3.
 *
 * @throws RangeError when a number is not > 0, there is no batch, or what makes a time is given in part
 *
 * @example
 * import { timeAgainstCompute } from "isoflop";
 * const front = timeAgainstCompute({
 *   criticalBatch: 4e6, batches: [1e6, 4e6, 16e6], leastTokens: 1e12, nParams: 7e9,
 *   flopsPerSecond: 4e14, tokensPerAccelerator: 8192,
 * });
 * front.map((row) => row.nTokens); // => [1.25e12, 2e12, 5e12]
 * front[0]!.seconds! / front[2]!.seconds!; // => 4
 */
export function timeAgainstCompute(question: TimeAgainstComputeQuestion): BatchCost[] {
  requireOptions("timeAgainstCompute", question, [
    "criticalBatch",
    "batches",
    "leastTokens",
    "nParams",
    "secondsPerStep",
    "flopsPerSecond",
    "tokensPerAccelerator",
  ]);
  const { criticalBatch, batches, leastTokens, nParams, secondsPerStep = 0 } = question;
  const { flopsPerSecond, tokensPerAccelerator } = question;
  if (!Array.isArray(batches) || batches.length === 0) {
    throw new RangeError(
      `batches must be a list of tokens a step such as [1e6, 4e6], got ${String(batches)}`,
    );
  }
  requirePositive("leastTokens", leastTokens, "give tokens, such as 1.4e12");
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requireNonNegative("secondsPerStep", secondsPerStep, "give seconds");
  for (const [name, value] of [
    ["flopsPerSecond", flopsPerSecond],
    ["tokensPerAccelerator", tokensPerAccelerator],
  ] as const) {
    if (value !== undefined) requirePositive(name, value, "leave it out where it is not known");
  }
  const timed = flopsPerSecond !== undefined && tokensPerAccelerator !== undefined;
  if (!timed && (flopsPerSecond !== undefined || secondsPerStep > 0)) {
    throw new RangeError(
      "flopsPerSecond and secondsPerStep give a time only together with tokensPerAccelerator and flopsPerSecond; give both, or leave them out",
    );
  }
  return batches.map((batch) => {
    const { exampleRatio } = stepsAndExamples({ batch, criticalBatch });
    const nTokens = leastTokens * exampleRatio;
    const steps = nTokens / batch;
    const cost = { batch, steps, nTokens, flops: 6 * nParams * nTokens };
    if (tokensPerAccelerator === undefined) return cost;
    // A batch below one accelerator's share leaves it idle for part of the step.
    const accelerators = Math.max(1, batch / tokensPerAccelerator);
    if (flopsPerSecond === undefined) return { ...cost, accelerators };
    const perStep = secondsPerStep + (6 * nParams * (batch / accelerators)) / flopsPerSecond;
    return { ...cost, accelerators, seconds: steps * perStep };
  });
}
