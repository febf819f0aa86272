import { rangeNote } from "../../format/rangeNote.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import { embeddingWidth } from "../../training/vocabulary/embeddingWidth.ts";
import { vocabularyApproach2, vocabularyFittedRange } from "../../training/vocabulary/publishedVocabulary.ts";
import { requireVocabulary } from "../../training/vocabulary/tokensPerCharacter.ts";
import type { Planned } from "../TrainingPlan.ts";

export interface VocabularyPlanned {
  readonly vocabSize: Planned;
  readonly nParamsNonVocab: number;
}

/**
 * The vocabulary of a model of so many parameters in all, by approach 2 of Tao et al. 2024, or the size given; and the
 * parameters left for the rest, total - V d.
 *
 * @returns undefined beyond the published widths (500B parameters) and below a byte vocabulary
 * @throws RangeError when the size given is below 256, or its embedding larger than the model
 */
export function planVocabulary(nParams: number, given?: number): VocabularyPlanned | undefined {
  if (given !== undefined) return withGiven(nParams, requireVocabulary(given));
  const { anchor, gamma, source } = vocabularyApproach2;
  const vocabParams = (rest: number) => anchor.nParamsVocab * (rest / anchor.nParamsNonVocab) ** gamma;
  const rest = findRoot((size) => size + vocabParams(size) - nParams, 0, nParams);
  if (rest > 500e9) return undefined;
  const value = vocabParams(rest) / embeddingWidth(rest);
  if (value < 256) return undefined;
  const note = rangeNote("nParams", rest, vocabularyFittedRange);
  return {
    vocabSize: {
      value: Math.round(value),
      unit: "entries",
      from: source,
      notes: note === undefined ? [] : [note],
    },
    nParamsNonVocab: rest,
  };
}

function withGiven(nParams: number, vocabSize: number): VocabularyPlanned {
  const rest = nParams - vocabSize * embeddingWidth(Math.min(nParams, 500e9));
  if (rest <= 0) {
    throw new RangeError(
      `a vocabulary of ${vocabSize} entries has more parameters than the model's ${nParams}; take a smaller one`,
    );
  }
  return {
    vocabSize: { value: vocabSize, unit: "entries", from: "given", notes: [] },
    nParamsNonVocab: rest,
  };
}
