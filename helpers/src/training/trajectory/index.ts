export { criticalBatchTokens } from "./criticalBatchTokens.ts";
export {
  lossAtStep,
  lossTrajectory,
  type TrajectoryPoint,
  type TrajectoryQuestion,
} from "./lossTrajectory.ts";
export { type StepsToLoss, stepsToLoss } from "./stepsToLoss.ts";
export { kaplanTrajectory, type TrajectoryConstants } from "./TrajectoryConstants.ts";
