import type { Planned } from "../TrainingPlan.ts";
import type { ServingCostCurve } from "./servingCostCurve.ts";

/** A model, and what its life costs. */
export interface LifetimeOfModel {
  readonly nParams: Planned;
  readonly nTokens: Planned;
  readonly trainingFlops: Planned;
  readonly trainingUsd: Planned;
  readonly servingUsd: Planned;
  /** Both together. */
  readonly usd: Planned;
}

/** The answer of `lifetimeCost`. Intervals are of 95 %, over draws of everything together. */
export interface LifetimeAnswer {
  readonly loss: Planned;
  /** Days of training on the accelerators it was timed for; absent where these are not given. */
  readonly days?: Planned;
  readonly usdPerMillionTokens: Planned;
  /** The model that is compute-optimal for training alone. */
  readonly computeOptimal: LifetimeOfModel;
  /** The model that reaches the same loss at the least dollars over training and serving. */
  readonly lifetimeOptimal: LifetimeOfModel;
  /** Parameters of that model if a served token cost 2 N training FLOPs. */
  readonly optimalBy2N: Planned;
  /** `lifetimeOptimal.nParams` over `optimalBy2N`: how the real cost moves the optimum. */
  readonly moved: Planned;
  /** Dollars that the lifetime optimum saves, as a share of those of the compute-optimal model. */
  readonly saved: Planned;
  /** Shares of the variance of ln(dollars) of the compute-optimal model, each cause varied alone. */
  readonly causes: {
    readonly law: number;
    readonly trainingTime: number;
    readonly servingSpeed: number;
    readonly prices: number;
  };
  /** Draws behind the intervals, and those left out since no model reaches the loss under them. */
  readonly draws: number;
  readonly without: number;
  readonly curve: ServingCostCurve;
  readonly assumptions: readonly string[];
}
