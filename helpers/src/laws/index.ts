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
export { downstreamError } from "./downstream/downstreamError.ts";
export { saturatingLogistic } from "./downstream/saturatingLogistic.ts";
export { kaplanParamsSteps } from "./kaplan/kaplanParamsSteps.ts";
export { kaplanParamsTokens } from "./kaplan/kaplanParamsTokens.ts";
export { kaplan2020ParamsSteps, kaplan2020ParamsTokens } from "./kaplan/publishedKaplan.ts";
export { lawFromSpecification } from "./lawFromSpecification.ts";
export { type BrokenPowerLaw, brokenPowerLaw } from "./power/brokenPowerLaw.ts";
export { exponentiatedPowerLaw } from "./power/exponentiatedPowerLaw.ts";
export { multiplicativePowerLaw } from "./power/multiplicativePowerLaw.ts";
export type { PowerLawOptions } from "./power/PowerLawOptions.ts";
export { powerLaw } from "./power/powerLaw.ts";
export { evaluatePowerLaw, type PublishedPowerLaw } from "./power/publishedPowerLaw.ts";
export { separablePowerLaw } from "./power/separablePowerLaw.ts";
export { vocabularyLoss } from "./vocabulary/vocabularyLoss.ts";
