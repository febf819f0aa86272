/** Median of a constant, and the standard deviation of its logarithm. */
interface PriorConstant {
  readonly median: number;
  readonly deviation: number;
}

/**
 * Parts of a step, in their order, and what is expected of the constant of each. Of a part, `stepParts` says the seconds that
 * it would take at the rate of the data sheet; its constant says by which factor it takes longer, or, of what runs beside
 * products, which share is seen.
 *
 * What is expected of each constant before any run is seen: its median, and the standard deviation of its logarithm.
 * Products reach half to three quarters of their peak, traffic the bandwidth of the memory; of communication, which runs
 * beside products, a part is seen; a block takes a few tenths of a millisecond to launch. The deviations are so wide that
 * runs decide wherever they can.
 */
export const priorConstants = {
  matmul: { median: 1.33, deviation: 0.15 },
  experts: { median: 2, deviation: 0.3 },
  head: { median: 1.43, deviation: 0.2 },
  attention: { median: 2, deviation: 0.3 },
  recurrence: { median: 10, deviation: 0.7 },
  memory: { median: 1.2, deviation: 0.3 },
  routing: { median: 1.5, deviation: 0.5 },
  logits: { median: 1.2, deviation: 0.4 },
  casts: { median: 1, deviation: 0.5 },
  weights: { median: 1.2, deviation: 0.3 },
  launches: { median: 2, deviation: 0.7 },
  expertLaunches: { median: 5, deviation: 0.7 },
  tensorLinks: { median: 0.6, deviation: 0.5 },
  expertLinks: { median: 0.7, deviation: 0.5 },
  contextLinks: { median: 0.5, deviation: 0.6 },
  gathers: { median: 0.3, deviation: 0.7 },
  gradients: { median: 0.5, deviation: 0.7 },
  optimizer: { median: 1.5, deviation: 0.4 },
} as const satisfies Record<string, PriorConstant>;

/** A part of a step. */
export type StepPart = keyof typeof priorConstants;

/**
 * Names of the parts of a step, in the order of their constants.
 *
 * @example
 * import { stepPartNames } from "isoflop";
 * stepPartNames[0]; // => "matmul"
 */
export const stepPartNames = Object.keys(priorConstants) as readonly StepPart[];
