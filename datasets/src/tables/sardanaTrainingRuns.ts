import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 47 models of Sardana et al. 2024, trained on 10 to 10,000 tokens a parameter, with losses and scores.
 *
 * - `model`: nominal size
 * - `nParams`: N (parameters)
 * - `tokensPerParam`: nominal (tokens per parameter)
 * - `nTokens`: D, training tokens (tokens)
 * - `batchSequences`: batch size (sequences)
 * - `loss`: smoothed training loss at the end (nats per token)
 * - `worldKnowledge`, `readingComprehension`, `languageUnderstanding`, `commonsenseReasoning`,
 *   `symbolicProblemSolving`: scores of groups of tasks
 * - `coreAverage`: mean of the five
 * - `mmlu`: accuracy on MMLU with five examples
 *
 * @example
 * import { sardanaTrainingRuns } from "isoflop-datasets";
 * sardanaTrainingRuns().filter((run) => run.tokensPerParam <= 100).length; // => 34
 */
export const sardanaTrainingRuns = defineTable("sardana_training_runs", {
  model: text("model"),
  nParams: integer("n_params", { min: 1 }),
  tokensPerParam: positive("tokens_per_param"),
  nTokens: integer("n_tokens", { min: 1 }),
  batchSequences: integer("batch_sequences", { min: 1 }),
  loss: positive("loss_smooth_nats"),
  worldKnowledge: number("world_knowledge"),
  readingComprehension: number("reading_comprehension"),
  languageUnderstanding: number("language_understanding"),
  commonsenseReasoning: number("commonsense_reasoning"),
  symbolicProblemSolving: number("symbolic_problem_solving"),
  coreAverage: number("core_average"),
  mmlu: number("mmlu_5_shot"),
});
