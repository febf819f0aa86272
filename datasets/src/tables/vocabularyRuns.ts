import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 1,200 checkpoints of 60 runs of Tao et al. 2024: six model sizes, ten vocabulary sizes, twenty
 * checkpoints a run.
 *
 * - `runId`: the run; its 20 checkpoints are one cluster
 * - `vocabSize`: V, size of the vocabulary (tokens)
 * - `dModel`: d, width of the model
 * - `nParamsNonVocab`: Nnv, parameters outside the embedding (parameters)
 * - `nParamsVocab`: Nv = V d, one embedding matrix (input and output are counted once) (parameters)
 * - `nCharacters`: H, training characters so far (characters)
 * - `nTokens`: D = H f(V), training tokens so far (tokens)
 * - `flops`: 6 (Nnv + Nv) D (FLOPs)
 * - `lossUnigramNormalized`: cross-entropy minus that of the unigram distribution; negative (nats per
 *   token)
 *
 * @example
 * import { vocabularyRuns } from "isoflop-datasets";
 * const runs = vocabularyRuns();
 * new Set(runs.map((run) => run.runId)).size; // => 60
 */
export const vocabularyRuns = defineTable("vocabulary_runs", {
  runId: text("run_id"),
  vocabSize: integer("vocab_size", { min: 1 }),
  dModel: integer("d_model", { min: 1 }),
  nParamsNonVocab: integer("n_params_nonvocab", { min: 1 }),
  nParamsVocab: integer("n_params_vocab", { min: 1 }),
  nCharacters: positive("n_characters"),
  nTokens: positive("n_tokens"),
  flops: positive("flops"),
  lossUnigramNormalized: number("loss_unigram_normalized_nats"),
});
