export { embeddingWidth } from "./embeddingWidth.ts";
export { fitVocabularyDerivative } from "./fitVocabularyDerivative.ts";
export {
  type EnvelopeFitOptions,
  type EnvelopeRun,
  fitVocabularyEnvelope,
  lowerEnvelope,
} from "./fitVocabularyEnvelope.ts";
export { leastLossVocabulary } from "./leastLossVocabulary.ts";
export * from "./publishedVocabulary.ts";
export { tokensFromCharacters, tokensPerCharacter } from "./tokensPerCharacter.ts";
export type {
  VocabularyApproach,
  VocabularyDerivative,
  VocabularyEnvelope,
  VocabularyLoss,
} from "./VocabularyApproach.ts";
export { vocabularyByDerivative } from "./vocabularyByDerivative.ts";
export { type VocabularyCheckpoint, vocabularyFitRuns } from "./vocabularyFitRuns.ts";
export { type VocabularyPlan, type VocabularyQuestion, vocabularySize } from "./vocabularySize.ts";
