import { requirePositive } from "../../numerics/requirePositive.ts";
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
 * The left side rises and the right side falls with L, so there is one root; it is found by bisection.
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
  requirePositive("nParams", nParams);
  requirePositive("batchTokens", batchTokens, "give the batch in tokens, such as 1e6");
  requirePositive("steps", steps, "give optimizer steps, such as 1e5");
  const { Nc, alphaN, Sc, alphaS, Bstar, alphaB } = constants;
  const model = (Nc / nParams) ** alphaN;
  const time = (Sc / steps) ** alphaS;
  const excess = (logLoss: number) =>
    model + time * (1 + (Bstar / batchTokens) * Math.exp(-logLoss / alphaB)) ** alphaS - Math.exp(logLoss);
  // At the loss of an infinite batch the right side is larger; doubling ends where it no longer is.
  let low = Math.log(model + time);
  let high = low + 1;
  while (excess(high) > 0) high += 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
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
  const { nParams, batchTokens, steps, points = 50 } = question;
  if (!(steps >= 1))
    throw new RangeError(`steps must be >= 1, got ${steps}; give optimizer steps, such as 1e5`);
  if (!(Number.isInteger(points) && points >= 2)) {
    throw new RangeError(`points must be a whole number >= 2, got ${points}; 50 draws a smooth curve`);
  }
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
