import { refusal, requireAbove, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** The sigmoid of a reinforcement-learning run over its compute. */
export interface RewardCurve {
  /** Reward R0 before the run, such as a pass rate. */
  readonly start: number;
  /** Reward A without limit of compute. */
  readonly ceiling: number;
  /** Steepness B over ln C. */
  readonly exponent: number;
  /** Compute C_mid at half the gain, in the unit of the compute that is asked about, such as GPU-hours. */
  readonly midpoint: number;
}

/**
 * Reward after so much reinforcement learning: `R = R0 + (A - R0) / (1 + (C_mid / C)^B)`.
 *
 * It is `saturatingLogistic` under the names of the paper (low = R0, span = A - R0, slope = B), which is what to fit to
 * runs of one's own. A compute is worth as much as its machine: GPU-hours of one kind do not stand for those of another.
 * The ceiling is what a short run tells least about, and another form puts it elsewhere.
 *
 * @param run compute C, in the unit of midpoint, and the curve
 * @returns the reward, and the share of the whole gain that is reached
 * @throws RangeError when compute, exponent or midpoint is not > 0, the start is no number, or the ceiling is not above it
 *
 * Source: Khatri et al. 2025 (ScaleRL, arXiv 2510.13786), eq. 1. No runs are public.
 *
 * @example
 * import { rlReward } from "isoflop";
 * rlReward({ compute: 2e4, start: 0.2, ceiling: 0.6, exponent: 1.7, midpoint: 1e4 }).reward; // => 0.506
 */
export function rlReward(run: RewardCurve & { readonly compute: number }): {
  readonly reward: number;
  readonly share: number;
} {
  requireOptions("rlReward", run, ["compute", "start", "ceiling", "exponent", "midpoint"]);
  const { compute, start, ceiling, exponent, midpoint } = run;
  requirePositive("compute", compute, "give the compute of the run, such as 1e4 GPU-hours");
  if (!Number.isFinite(start)) {
    throw refusal("start", "must be a finite number", start, "give the reward before the run, such as 0.2");
  }
  requirePositive("exponent", exponent, "give the steepness of a fit");
  requirePositive("midpoint", midpoint, "give the compute at half the gain");
  requireAbove("ceiling", ceiling, start, "give the reward without limit of compute");
  const share = 1 / (1 + (midpoint / compute) ** exponent);
  return { reward: start + (ceiling - start) * share, share };
}

/**
 * Compute that reaches a share of a run's whole gain, by the sigmoid of `rlReward`: `C_mid (share / (1 - share))^(1/B)`.
 *
 * @param goal share of the gain, above 0 and below 1; exponent and midpoint of the curve
 * @returns compute in the unit of midpoint
 * @throws RangeError when the share is not between 0 and 1, or another number not > 0
 *
 * Source: Khatri et al. 2025 (ScaleRL, arXiv 2510.13786), eq. 1, solved for the compute.
 *
 * @example
 * import { computeForReward } from "isoflop";
 * computeForReward({ share: 0.9, exponent: 1.7, midpoint: 1e4 }); // => 3.642e4
 */
export function computeForReward(goal: {
  readonly share: number;
  readonly exponent: number;
  readonly midpoint: number;
}): number {
  requireOptions("computeForReward", goal, ["share", "exponent", "midpoint"]);
  const { share, exponent, midpoint } = goal;
  requirePositive("share / (1 - share)", share / (1 - share), "give a share between 0 and 1, such as 0.9");
  requirePositive("exponent", exponent, "give the steepness of a fit");
  requirePositive("midpoint", midpoint, "give the compute at half the gain");
  return midpoint * (share / (1 - share)) ** (1 / exponent);
}
