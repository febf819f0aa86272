import type { MfuConvention } from "./conventions.ts";
import type { ProductFormat } from "./machineRates.ts";
import type { StepPart } from "./priorConstants.ts";

/** Both ends of an interval. */
export type Interval = readonly [low: number, high: number];

/** A figure and what it lies in with 80 and 95 %. */
export interface TimedFigure {
  readonly value: number;
  readonly interval80: Interval;
  readonly interval95: Interval;
}

/**
 * What the seconds of a step go to: products with weights (`matmul`), `attention`, recurrent states (`recurrence`); what is
 * bound by `memory`: norms, activations, routing, casts, logits, reading weights, summing gradients; what is computed again
 * in the backward pass (`recompute`); waiting for the pipeline to fill and to drain (`bubble`); `launches` of kernels; what
 * is seen of exchanges between devices that share matrices, experts or sequences (`tensorLinks`, `expertLinks`,
 * `contextLinks`), of gathering sharded weights (`gathers`) and of reducing `gradients`; the `optimizer`.
 */
export type StepUse =
  | Extract<
      StepPart,
      "matmul" | "attention" | "recurrence" | "memory" | "launches" | "gathers" | "gradients" | "optimizer"
    >
  | "recompute"
  | "bubble"
  | `${"tensor" | "expert" | "context"}Links`;

/** Seconds of a step on each device, by what they go to; together they are the step. */
export type StepSeconds = Readonly<Record<StepUse, number>>;

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
   * calibrated on, the run is no larger than the largest of them (1,024 devices), and no part of the step takes far more of
   * it than of theirs.
   */
  readonly inDistribution: boolean;
  /** What was taken where nothing was given, and what is new to the calibration. */
  readonly assumptions: readonly string[];
}
