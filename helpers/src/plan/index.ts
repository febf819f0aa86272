export { type Budget, type BudgetQuestion, trainingBudget } from "./budget/trainingBudget.ts";
export { drawLaws } from "./draws/drawLaws.ts";
export * from "./lifetime/index.ts";
export type { PlanMixture } from "./mixture/PlanMixture.ts";
export { planTraining } from "./planTraining.ts";
export { chinchillaFigure4Fit } from "./publicFits/chinchillaFigure4Fit.ts";
export type { PublicFit } from "./publicFits/PublicFit.ts";
export type { Planned, PlanTerm, TrainingPlan } from "./TrainingPlan.ts";
export type { TrainingQuestion } from "./TrainingQuestion.ts";
