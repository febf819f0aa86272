export { planTraining, type TrainingQuestion } from "./planTraining.ts";
export type { Planned, TrainingPlan } from "./TrainingPlan.ts";
export { type Budget, type BudgetQuestion, findAccelerator, trainingBudget } from "./trainingBudget.ts";
