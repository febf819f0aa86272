import { number, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The 126 points of the lower envelope (running minimum of the loss over FLOPs) to which approach 1 of
 * Tao et al. 2024 fits its power laws.
 *
 * - `flops`: training compute (FLOPs)
 * - `vocabSize`: V; not whole where interpolated (tokens)
 * - `nCharacters`: H, training characters (characters)
 * - `nParamsNonVocab`: Nnv; not whole where interpolated (parameters)
 * - `nParamsVocab`: Nv = V d (parameters)
 * - `lossUnigramNormalized`: unigram-normalised loss, negative (nats per token)
 *
 * @example
 * import { vocabularyEnvelope } from "isoflop-datasets";
 * vocabularyEnvelope().length; // => 126
 */
export const vocabularyEnvelope = defineTable("vocabulary_envelope", {
  flops: positive("flops"),
  vocabSize: positive("vocab_size"),
  nCharacters: positive("n_characters"),
  nParamsNonVocab: positive("n_params_nonvocab"),
  nParamsVocab: positive("n_params_vocab"),
  lossUnigramNormalized: number("loss_unigram_normalized_nats"),
});
