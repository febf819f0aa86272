export { builtInLaws } from "./builtInLaws.ts";
export { chinchilla } from "./chinchilla/chinchilla.ts";
export { chinchillaEqualExponents } from "./chinchilla/chinchillaEqualExponents.ts";
export { chinchillaInBillions } from "./chinchilla/chinchillaInBillions.ts";
export { chinchillaInteraction } from "./chinchilla/chinchillaInteraction.ts";
export { overTraining } from "./chinchilla/overTraining.ts";
export { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "./chinchilla/publishedChinchilla.ts";
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
export { downstreamError } from "./downstream/downstreamError.ts";
export { saturatingLogistic } from "./downstream/saturatingLogistic.ts";
export { kaplanParamsSteps } from "./kaplan/kaplanParamsSteps.ts";
export { kaplanParamsTokens } from "./kaplan/kaplanParamsTokens.ts";
export { kaplan2020ParamsSteps, kaplan2020ParamsTokens } from "./kaplan/publishedKaplan.ts";
export { lawFromSpecification } from "./lawFromSpecification.ts";
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
