export {
  rateBatchValley,
  type ValleyParameter,
  type ValleyVariable,
  valleyReference,
} from "./batch/rateBatchValley.ts";
export { builtInLaws } from "./builtInLaws.ts";
export { chinchilla } from "./chinchilla/chinchilla.ts";
export { chinchillaEqualExponents } from "./chinchilla/chinchillaEqualExponents.ts";
export { chinchillaInBillions } from "./chinchilla/chinchillaInBillions.ts";
export { chinchillaInteraction } from "./chinchilla/chinchillaInteraction.ts";
export { overTraining } from "./chinchilla/overTraining.ts";
export { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "./chinchilla/publishedChinchilla.ts";
export { type AnnealingLaw, annealingLaw } from "./curves/annealingLaw.ts";
export { luo2025 } from "./curves/luo2025.ts";
export { type MultiPowerLaw, type MultiPowerParameter, multiPowerLaw } from "./curves/multiPowerLaw.ts";
export { type Rates, type ScheduleSums, scheduleSums } from "./curves/scheduleSums.ts";
export type {
  FittedLaw,
  Law,
  LawSpecification,
  Parameter,
  ParameterName,
  Variable,
  VariableName,
} from "./definition/Law.ts";
export { predict } from "./definition/predict.ts";
export { type PublishedLaw, withParameters } from "./definition/withParameters.ts";
export { capabilityScore } from "./downstream/capabilityScore.ts";
export { downstreamError } from "./downstream/downstreamError.ts";
export { familySkill } from "./downstream/familySkill.ts";
export { lossToAccuracy } from "./downstream/lossToAccuracy.ts";
export { saturatingLogistic } from "./downstream/saturatingLogistic.ts";
export { singleStepAccuracy } from "./downstream/singleStepAccuracy.ts";
export { taskLoss } from "./downstream/taskLoss.ts";
export { fineGrainedLaw } from "./experts/fineGrainedLaw.ts";
export { flooredRoutedLaw } from "./experts/flooredRoutedLaw.ts";
export { jointMoeLaw } from "./experts/jointMoeLaw.ts";
export * from "./experts/publishedExperts.ts";
export { routedLaw } from "./experts/routedLaw.ts";
export { type Saturation, saturatedExperts } from "./experts/saturatedExperts.ts";
export { sparsityLaw } from "./experts/sparsityLaw.ts";
export { kaplanParamsSteps } from "./kaplan/kaplanParamsSteps.ts";
export { kaplanParamsTokens } from "./kaplan/kaplanParamsTokens.ts";
export { kaplan2020ParamsSteps, kaplan2020ParamsTokens } from "./kaplan/publishedKaplan.ts";
export { lawFromSpecification } from "./lawFromSpecification.ts";
export { busbridge2025Supervised, coupledChinchilla } from "./levers/coupledChinchilla.ts";
export { farseerForm } from "./levers/farseerForm.ts";
export { kaplanJoint } from "./levers/kaplanJoint.ts";
export { lossToLoss } from "./levers/lossToLoss.ts";
export { parallelLoss } from "./levers/parallelLoss.ts";
export { precisionLoss } from "./levers/precisionLoss.ts";
export { transferredData } from "./levers/transferredData.ts";
export { dataConstrained } from "./limitedData/dataConstrained.ts";
export { muennighoff2023, muennighoff2023Fresh } from "./limitedData/publishedDataConstrained.ts";
export { additiveMixture } from "./mixture/additiveMixture.ts";
export { bimix } from "./mixture/bimix.ts";
export { exponentialMixture } from "./mixture/exponentialMixture.ts";
export { jointMixture } from "./mixture/jointMixture.ts";
export { ownShareMixture } from "./mixture/ownShareMixture.ts";
export { type BrokenPowerLaw, brokenPowerLaw } from "./power/brokenPowerLaw.ts";
export { exponentiatedPowerLaw } from "./power/exponentiatedPowerLaw.ts";
export { multiplicativePowerLaw } from "./power/multiplicativePowerLaw.ts";
export type { PowerLawOptions } from "./power/PowerLawOptions.ts";
export { powerLaw } from "./power/powerLaw.ts";
export { evaluatePowerLaw, type PublishedPowerLaw } from "./power/publishedPowerLaw.ts";
export { separablePowerLaw } from "./power/separablePowerLaw.ts";
export { vocabularyLoss } from "./vocabulary/vocabularyLoss.ts";
