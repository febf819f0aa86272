export type { LifetimeAnswer, LifetimeOfModel } from "./LifetimeAnswer.ts";
export type { LifetimeQuestion, LifetimeServing, LifetimeTraining } from "./LifetimeQuestion.ts";
export { lifetimeCost } from "./lifetimeCost.ts";
export {
  curveThrough,
  type ServedSize,
  type ServingCostCurve,
  type ServingCurveQuestion,
  servingCostCurve,
} from "./servingCostCurve.ts";
