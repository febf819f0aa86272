import { rangeNote } from "../../format/rangeNote.ts";
import { refuseMisspelt } from "../../numerics/arguments/refuseMisspelt.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { embeddingWidth } from "./embeddingWidth.ts";
import { leastLossVocabulary } from "./leastLossVocabulary.ts";
import { vocabularyApproach1, vocabularyFittedRange } from "./publishedVocabulary.ts";
import { tokensPerCharacter } from "./tokensPerCharacter.ts";
import type { PowerOfCompute, VocabularyApproach } from "./VocabularyApproach.ts";

/** The model or the budget that a vocabulary is wanted for; one of `nParams` and `flops` at least. */
export interface VocabularyQuestion {
  /** Parameters outside the embedding, Nnv. */
  readonly nParams?: number;
  /** Training compute, FLOPs. With `nParams` too, approach 3 answers for an over- or under-trained model. */
  readonly flops?: number;
  /** Width of the embedding; by default the published table's for the model size. */
  readonly dModel?: number;
  /** Relation of compute and size where only one is given; the published approach 1 by default. */
  readonly allocation?: PowerOfCompute;
}

/** A vocabulary, and the model and the run that it belongs to. */
export interface VocabularyPlan {
  /** V, entries, not rounded. */
  readonly vocabSize: number;
  /** Nv = V d. */
  readonly nParamsVocab: number;
  readonly nParamsNonVocab: number;
  readonly dModel: number;
  readonly flops: number;
  /** D = C / (6 (Nnv + Nv)). */
  readonly nTokens: number;
  /** H = D / f(V). */
  readonly nCharacters: number;
  /** What to know before using it, such as the factor of extrapolation. */
  readonly notes: readonly string[];
}

/**
 * The compute-optimal size of a vocabulary, by any of the three approaches of Tao et al. 2024.
 *
 * - envelope: Nv = k C^a of the budget
 * - derivative: Nv = Nv0 (Nnv / Nnv0)^gamma of the model
 * - a fitted `vocabularyLoss`: the V at which Lu is least for the budget, with D = C / (6 (Nnv + V d))
 *
 * With `nParams` alone the budget is the one for which approach 1 finds that size optimal, and the other way round.
 *
 * @param approach published constants (`vocabularyApproach1`, 2, 3) or a fit of `vocabularyLoss`
 * @param question model size, budget, or both (both for a fitted loss only)
 * @throws RangeError when neither is given, one is not > 0, both are given to approach 1 or 2, or the optimum lies
 *   below 256 entries
 *
 * @example
 * import { vocabularyApproach3, vocabularySize } from "isoflop";
 * const plan = vocabularySize(vocabularyApproach3, { nParams: 70e9 });
 * plan.vocabSize; // => 217961.3
 * plan.notes[0]; // => "nParams 70B is 62 times above the fitted range 33.2M to 1.13B"
 */
export function vocabularySize(approach: VocabularyApproach, question: VocabularyQuestion): VocabularyPlan {
  const { nParamsNonVocab, flops } = resolve(approach, question);
  refuseMisspelt("the question of vocabularySize", question, ["nParams", "flops", "dModel", "allocation"]);
  const dModel =
    question.dModel === undefined
      ? embeddingWidth(nParamsNonVocab)
      : requirePositive("dModel", question.dModel, "give the width of the embedding, such as 4096");
  const nParamsVocab = vocabularyParams(approach, nParamsNonVocab, flops);
  const vocabSize = nParamsVocab / dModel;
  if (vocabSize < 256) {
    throw new RangeError(
      `nParams ${nParamsNonVocab} with dModel ${dModel} would want ${vocabSize.toFixed(0)} entries, below the 256 of a byte vocabulary; use bytes`,
    );
  }
  const nTokens = flops / (6 * (nParamsNonVocab + nParamsVocab));
  const note = rangeNote("nParams", nParamsNonVocab, vocabularyFittedRange);
  return {
    vocabSize,
    nParamsVocab,
    nParamsNonVocab,
    dModel,
    flops,
    nTokens,
    nCharacters: nTokens / tokensPerCharacter(vocabSize),
    notes: note === undefined ? [] : [note],
  };
}

function resolve(approach: VocabularyApproach, question: VocabularyQuestion) {
  const { nParams, flops, allocation = vocabularyApproach1.nParamsNonVocab } = question;
  if ("nCharacters" in question || "nTokens" in question) {
    throw new RangeError(
      "vocabularySize takes nParams and flops, not a length of text; characters and tokens differ by f(V), which is what is sought: use flops = 6 nParams nTokens for a known number of tokens",
    );
  }
  if (nParams === undefined && flops === undefined) {
    throw new RangeError("vocabularySize needs nParams (outside the embedding) or flops; give one");
  }
  if (nParams !== undefined) requirePositive("nParams", nParams, "give a count, such as 7e9");
  if (flops !== undefined) requirePositive("flops", flops, "give a budget, such as 1e21");
  if (nParams !== undefined && flops !== undefined && "kind" in approach) {
    throw new RangeError(
      `the ${approach.kind} approach ties nParams and flops together; give one of them, or use a fitted vocabularyLoss`,
    );
  }
  const nParamsNonVocab = nParams ?? allocation.coefficient * flops! ** allocation.exponent;
  return {
    nParamsNonVocab,
    flops: flops ?? (nParams! / allocation.coefficient) ** (1 / allocation.exponent),
  };
}

function vocabularyParams(approach: VocabularyApproach, nParamsNonVocab: number, flops: number): number {
  if (!("kind" in approach))
    return leastLossVocabulary(approach.parameters, { nParams: nParamsNonVocab, flops });
  if (approach.kind === "envelope") {
    return approach.nParamsVocab.coefficient * flops ** approach.nParamsVocab.exponent;
  }
  const { anchor, gamma } = approach;
  return anchor.nParamsVocab * (nParamsNonVocab / anchor.nParamsNonVocab) ** gamma;
}
