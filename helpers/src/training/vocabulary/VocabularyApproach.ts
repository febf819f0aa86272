import type { FittedLaw } from "../../laws/definition/Law.ts";

/** y = coefficient C^exponent, C in FLOPs. */
export interface PowerOfCompute {
  readonly coefficient: number;
  readonly exponent: number;
}

/** Approach 1: power laws of compute through the lower envelope of isoFLOP curves. */
export interface VocabularyEnvelope {
  readonly kind: "envelope";
  /** Nnv, parameters outside the embedding. */
  readonly nParamsNonVocab: PowerOfCompute;
  /** Nv = V d, parameters of one embedding matrix. */
  readonly nParamsVocab: PowerOfCompute;
  /** H, characters. */
  readonly nCharacters: PowerOfCompute;
  readonly source: string;
  readonly units: Readonly<Record<string, string>>;
}

/** Approach 2: Nv = anchor.nParamsVocab (Nnv / anchor.nParamsNonVocab)^gamma. */
export interface VocabularyDerivative {
  readonly kind: "derivative";
  readonly gamma: number;
  readonly anchor: { readonly nParamsNonVocab: number; readonly nParamsVocab: number };
  readonly source: string;
  readonly units: Readonly<Record<string, string>>;
}

/** Approach 3: a fitted `vocabularyLoss`, minimised over the vocabulary at fixed compute. */
export type VocabularyLoss = FittedLaw<
  "nParamsNonVocab" | "nParamsVocab" | "nTokens",
  "E" | "A1" | "A2" | "B" | "alpha2" | "beta",
  "lossUnigramNormalized"
>;

/** Any of the three approaches of Tao et al. 2024. */
export type VocabularyApproach = VocabularyEnvelope | VocabularyDerivative | VocabularyLoss;
