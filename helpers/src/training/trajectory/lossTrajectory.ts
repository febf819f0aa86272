import {
  requireAtLeast,
  requirePositive,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import { criticalBatchTokens } from "./criticalBatchTokens.ts";
import { kaplanTrajectory, type TrajectoryConstants } from "./TrajectoryConstants.ts";

/** The run to follow. */
export interface TrajectoryQuestion {
  /** Parameters without embeddings. */
  readonly nParams: number;
  /** Batch in tokens. */
  readonly batchTokens: number;
  /** Optimizer steps to run, >= 1. */
  readonly steps: number;
  /** Points of the trajectory, spread evenly in the logarithm of the step. Default 50. */
  readonly points?: number;
}

/** The loss along a run. */
export interface TrajectoryPoint {
  readonly step: number;
  readonly nTokens: number;
  /** 6 N B S. */
  readonly flops: number;
  /** Nats per token. */
  readonly loss: number;
  /** Critical batch at that loss, tokens. */
  readonly criticalBatchTokens: number;
}

/**
 * Loss after S steps at batch B, L(N, S, B): the root of
 * `L = (Nc/N)^alphaN + (Sc/S)^alphaS (1 + B_crit(L)/B)^alphaS`, `B_crit(L) = B* / L^(1/alphaB)`.
 * The left side rises and the right side falls with L, so there is one root.
 *
 * Source: Su et al. 2024 (arXiv:2403.06563), which joins Kaplan et al. 2020, equations 1.4 and 1.6. For constant
 * learning rates and steps well beyond warm-up.
 *
 * @throws RangeError when an argument is not > 0
 *
 * @example
 * import { lossAtStep } from "isoflop";
 * lossAtStep({ nParams: 1e9, batchTokens: 1e6, steps: 1e5 }); // => 2.488
 */
export function lossAtStep(
  { nParams, batchTokens, steps }: Omit<TrajectoryQuestion, "points">,
  constants: TrajectoryConstants = kaplanTrajectory,
): number {
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requirePositive("batchTokens", batchTokens, "give the batch in tokens, such as 1e6");
  requirePositive("steps", steps, "give optimizer steps, such as 1e5");
  const { Nc, alphaN, Sc, alphaS, Bstar, alphaB } = constants;
  const model = (Nc / nParams) ** alphaN;
  const time = (Sc / steps) ** alphaS;
  const lead = (logLoss: number) =>
    Math.exp(logLoss) - (model + time * (1 + (Bstar / batchTokens) * Math.exp(-logLoss / alphaB)) ** alphaS);
  // At the loss of an infinite batch the right side is larger; a higher loss ends that.
  const low = Math.log(model + time);
  let high = low + 1;
  while (lead(high) < 0) high += 1;
  return Math.exp(findRoot(lead, low, high));
}

/**
 * The course of the loss over a training run, by `lossAtStep`.
 *
 * @throws RangeError when an argument is not > 0, steps < 1, or points < 2
 *
 * @example
 * import { lossTrajectory } from "isoflop";
 * const course = lossTrajectory({ nParams: 1e9, batchTokens: 1e6, steps: 1e5, points: 3 });
 * course.map((point) => Math.round(point.step)); // => [1, 316, 100000]
 */
export function lossTrajectory(
  question: TrajectoryQuestion,
  constants: TrajectoryConstants = kaplanTrajectory,
): TrajectoryPoint[] {
  requireOptions("lossTrajectory", question, ["nParams", "batchTokens", "steps", "points"]);
  const { nParams, batchTokens, steps, points = 50 } = question;
  requireAtLeast("steps", steps, 1, "give optimizer steps, such as 1e5");
  requireWholeBetween("points", points, 2, 1e6, "50 draws a smooth curve");
  return Array.from({ length: points }, (_, i) => {
    const step = steps ** (i / (points - 1));
    const loss = lossAtStep({ nParams, batchTokens, steps: step }, constants);
    return {
      step,
      nTokens: step * batchTokens,
      flops: 6 * nParams * batchTokens * step,
      loss,
      criticalBatchTokens: criticalBatchTokens(loss, constants),
    };
  });
}
