import type { MfuConvention } from "./conventions.ts";
import type { ProductFormat } from "./machineRates.ts";

/** Both ends of an interval. */
export type Interval = readonly [low: number, high: number];

/** A figure and what it lies in with 80 and 95 %. */
export interface TimedFigure {
  readonly value: number;
  readonly interval80: Interval;
  readonly interval95: Interval;
}

/** Seconds of a step on each device, by what they go to; together they are the step. */
export interface StepSeconds {
  /** Products with weights. */
  readonly matmul: number;
  readonly attention: number;
  /** Recurrent states. */
  readonly recurrence: number;
  /** Norms, activations, routing, casts, logits, reading weights and summing gradients: bound by memory. */
  readonly memory: number;
  /** What is computed again in the backward pass. */
  readonly recompute: number;
  /** Waiting for the pipeline to fill and to drain. */
  readonly bubble: number;
  /** Launching kernels, a block and micro-batch. */
  readonly launches: number;
  /** What is seen of exchanges between tensor-parallel devices, of experts, of context-parallel ones. */
  readonly tensorLinks: number;
  readonly expertLinks: number;
  readonly contextLinks: number;
  /** What is seen of gathering weights that are sharded. */
  readonly gathers: number;
  /** What is seen of reducing gradients. */
  readonly gradients: number;
  readonly optimizer: number;
}

/** The time of a training step. */
export interface StepTime {
  readonly seconds: TimedFigure;
  readonly tokensPerSPerDevice: TimedFigure;
  /** Model FLOPs utilisation, a share of 1. */
  readonly mfu: TimedFigure;
  /** Hardware FLOPs utilisation: what is computed again counts, too. */
  readonly hfu: TimedFigure;
  readonly modelFlopsPerToken: number;
  readonly convention: MfuConvention;
  /** Format and rate of the peak that utilisation is a share of. */
  readonly peak: { readonly format: ProductFormat; readonly flopsPerS: number };
  readonly tokensPerStep: number;
  readonly parts: StepSeconds;
  /** Standard deviation of the logarithm of the time, and by how many of it the intervals reach. */
  readonly deviation: number;
  readonly factors: { readonly p80: number; readonly p95: number };
  /** Runs that the constants are calibrated on: all, and of the same model, accelerator, format and software. */
  readonly calibratedOn: { readonly runs: number; readonly sameGroup: number };
  /**
   * Whether the software, where it is named, and accelerators of this generation, in this format and with such models, are
   * calibrated on.
   */
  readonly inDistribution: boolean;
  /** What was taken where nothing was given, and what is new to the calibration. */
  readonly assumptions: readonly string[];
}
