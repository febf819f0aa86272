import type { Model } from "../../models/Model.ts";
import type { CheckedLayout } from "../layout/Layout.ts";

/** Devices that layouts are searched for. */
export interface SearchedCluster {
  readonly devices: number;
  /** A data sheet: one of `accelerators`, or your own. */
  readonly accelerator: {
    readonly name: string;
    readonly memoryBytes: number;
    readonly memoryBytesPerS: number;
    readonly peakFlopsPerS: { readonly 16: number; readonly 8?: number; readonly 4?: number };
    readonly nodeLink?: { readonly bytesPerSEachWay: number };
    readonly network?: { readonly bytesPerSEachWay: number };
  };
  /** Devices that the faster link joins. Default 8. */
  readonly devicesPerNode?: number;
  /** Bytes per second of each device to others of its node, each way. Default the accelerator's. */
  readonly nodeBytesPerS?: number;
  /** Bytes per second of each device between nodes, each way. Default the accelerator's. */
  readonly networkBytesPerS?: number;
}

/** What a step goes over. */
export interface SearchedStep {
  readonly sequenceTokens: number;
}

/**
 * Says how long a step takes under a layout, and how sure that is. The seconds are a sum of parts, each with a constant
 * that is not known exactly but is the same for every layout: in a comparison of two layouts it counts only as far as
 * their shares differ.
 */
export interface StepEstimator {
  /** Parts of a step. */
  readonly parts: readonly string[];
  /** Covariance of the logarithms of the parts' constants, row by row. */
  readonly logCovariance: ArrayLike<number>;
  /** Standard deviation of the logarithm of a layout's time that is its own. */
  readonly ownDeviation: number;
  /** Seconds of a step; writes the share of each part into `shares`. NaN where it cannot say. */
  estimate(layout: CheckedLayout, shares: Float64Array): number;
}

/** Makes an estimator for a model on a cluster. */
export type StepEstimatorOf = (model: Model, cluster: SearchedCluster, step: SearchedStep) => StepEstimator;
