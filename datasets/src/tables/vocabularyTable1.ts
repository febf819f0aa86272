import { integer, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Optimal vocabulary sizes for seven model sizes by three approaches, as printed in Tao et al. 2024,
 * Table 1.
 *
 * - `nParamsNonVocab`: Nnv (parameters)
 * - `dModel`: d, from Table 5
 * - `nParamsVocabApproach1`: optimal Nv, approach 1 (parameters)
 * - `nParamsVocabApproach2`: optimal Nv, approach 2 (parameters)
 * - `nParamsVocabApproach3`: optimal Nv, approach 3 (parameters)
 * - `vocabSizeApproach1`: optimal V, approach 1, to the printed thousand (tokens)
 * - `vocabSizeApproach2`: optimal V, approach 2 (tokens)
 * - `vocabSizeApproach3`: optimal V, approach 3 (tokens)
 * - `flops`: budget for which the model size is compute-optimal (FLOPs)
 *
 * @example
 * import { vocabularyTable1 } from "isoflop-datasets";
 * vocabularyTable1().map((row) => row.vocabSizeApproach3); // => [37000, 60000, 81000, 142000, 218000, 248000, 383000]
 */
export const vocabularyTable1 = defineTable("vocabulary_table1", {
  nParamsNonVocab: positive("n_params_nonvocab"),
  dModel: integer("d_model", { min: 1 }),
  nParamsVocabApproach1: positive("n_params_vocab_opt_app1"),
  nParamsVocabApproach2: positive("n_params_vocab_opt_app2"),
  nParamsVocabApproach3: positive("n_params_vocab_opt_app3"),
  vocabSizeApproach1: positive("vocab_opt_app1"),
  vocabSizeApproach2: positive("vocab_opt_app2"),
  vocabSizeApproach3: positive("vocab_opt_app3"),
  flops: positive("flops_budget"),
});
