export { bjorckExponents, bjorckLearningRate, type RateReference } from "./bjorckLearningRate.ts";
export {
  bootstrapHyperparameters,
  type HyperparameterBootstrapOptions,
  type HyperparameterReplicate,
} from "./bootstrapHyperparameters.ts";
export { deepseekFlops, deepseekHyperparameters, deepseekModelScale } from "./deepseekHyperparameters.ts";
export { excessLoss, type Recommendation } from "./excessLoss.ts";
export {
  fitHyperparameters,
  type HyperparameterFit,
  type HyperparameterFitOptions,
} from "./fitHyperparameters.ts";
export { type HyperparameterGrid, hyperparameterGrids, type SweepRun } from "./hyperparameterGrids.ts";
export {
  type HyperparameterAdvice,
  type HyperparameterQuestion,
  optimalHyperparameters,
} from "./optimalHyperparameters.ts";
export * from "./publishedHyperparameters.ts";
export { stepLaw } from "./stepLaw.ts";
