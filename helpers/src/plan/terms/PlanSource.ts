import type { Random } from "../../numerics/random/Random.ts";
import type { PlanTerm } from "../TrainingPlan.ts";

/** A law of a plan with its constants in one order, and draws of them where it has a covariance. */
export interface PlanSource extends Omit<PlanTerm, "constants"> {
  readonly names: readonly string[];
  readonly at: Float64Array;
  readonly draw?: (random: Random) => Float64Array;
  /** What to know of the law whatever the plan. */
  readonly notes: readonly string[];
}
