import type { CheckedLayout } from "../layout/Layout.ts";
import type { TimedAccelerator } from "../time/TimedAccelerator.ts";

/** Devices that layouts are searched for. */
export interface SearchedCluster {
  readonly devices: number;
  /** A data sheet of `accelerators`, or your own. */
  readonly accelerator: TimedAccelerator & { readonly memoryBytes: number };
}

/**
 * Says how long a step takes under a layout, and how sure that is; `trainingTimer` makes one. Two layouts are compared by
 * the difference of their logarithms, in which what is not known of both alike cancels.
 */
export interface StepEstimator {
  /** Mean of the logarithm of the seconds of a step; the other functions speak of the layout that was timed last. */
  logSeconds(layout: CheckedLayout): number;
  /** Standard deviation of that logarithm. */
  deviation(): number;
  /** What `differenceDeviation` needs of a layout. */
  sensitivity(): Float64Array;
  /** Standard deviation of the difference of the logarithms of two layouts. */
  differenceDeviation(a: Float64Array, b: Float64Array): number;
  /** What of these runs no calibrated one has, in sentences. */
  readonly assumptions?: readonly string[];
  /** By how many standard deviations intervals of 80 and 95 % reach to either side. */
  readonly prediction: { readonly factors: { readonly p80: number; readonly p95: number } };
}
