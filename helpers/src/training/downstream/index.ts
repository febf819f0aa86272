export type { ChainBootstrap, ChainBootstrapOptions } from "./bootstrapChain.ts";
export type { Chain, ChainErrors } from "./ChainResult.ts";
export type { ChainIntervalOptions, FirstStep, SecondStep } from "./ChainStep.ts";
export { chain } from "./chain.ts";
export { type CheckpointNoise, checkpointNoise } from "./checkpointNoise.ts";
export { type FamilySkillOptions, fitFamilySkill } from "./fitFamilySkill.ts";
export {
  fitLossToAccuracy,
  type LossToAccuracyFit,
  type LossToAccuracyOptions,
} from "./fitLossToAccuracy.ts";
export { llama3OptimalTokens } from "./llama3OptimalTokens.ts";
export {
  type FamilyLine,
  type Observational,
  type ObservationalQuestion,
  observational,
} from "./observational.ts";
export { type PcaComponent, type PcaOptions, type PcaScores, pcaScores } from "./pcaScores.ts";
export type { ScoreRow } from "./readScores.ts";
export { singleStepNote } from "./singleStepNote.ts";
export { type Checkpoint, type SmoothingOptions, smoothCheckpoints } from "./smoothCheckpoints.ts";
