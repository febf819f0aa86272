import type { FittedLaw } from "../../laws/definition/Law.ts";
import type { Budget } from "../budget/trainingBudget.ts";
import type { PlanDraws } from "../model/PlanDraws.ts";
import type { SettledPlan } from "../model/settlePlan.ts";
import type { TrainingQuestion } from "../TrainingQuestion.ts";
import type { LossSource } from "../terms/lossSource.ts";
import type { PlanSource } from "../terms/PlanSource.ts";

/** What the parts of a plan are made from. */
export interface PlanContext {
  readonly question: TrainingQuestion;
  readonly law: FittedLaw;
  readonly budget: Budget;
  /** The law of the loss. */
  readonly loss: LossSource;
  /** All laws that size, tokens and loss rest on, that of the loss first. */
  readonly sources: readonly PlanSource[];
  readonly settled: SettledPlan;
  /** Numbers of experts with less loss that are too far from the runs of their laws. */
  readonly passedOver: readonly number[];
  /** What is asked of the laws, by the names of their variables. */
  readonly values: Readonly<Record<string, number | undefined>>;
  /** Absent where no law has a covariance. */
  readonly drawn: PlanDraws | undefined;
}
