import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 2 of Puzzle.
 *
 * - `scenario`: use
 * - `inputTokens`: prompt (tokens)
 * - `outputTokens`: generated (tokens)
 * - `nemotronTokensPerSPerGpu`: Nemotron-51B (tokens/s)
 * - `nemotronTp`: tensor-parallel degree
 * - `llamaTokensPerSPerGpu`: Llama-3.1-70B (tokens/s)
 * - `llamaTp`: tensor-parallel degree
 * - `speedupPublished`: printed ratio
 *
 * @example
 * import { puzzleThroughput } from "isoflop-datasets";
 * puzzleThroughput().length; // => 8
 */
export const puzzleThroughput = defineTable("puzzle_throughput", {
  scenario: text("scenario"),
  inputTokens: integer("input_tokens", { min: 1 }),
  outputTokens: integer("output_tokens", { min: 1 }),
  nemotronTokensPerSPerGpu: positive("nemotron_tokens_per_s_per_gpu"),
  nemotronTp: integer("nemotron_tp", { min: 1 }),
  llamaTokensPerSPerGpu: positive("llama_tokens_per_s_per_gpu"),
  llamaTp: integer("llama_tp", { min: 1 }),
  speedupPublished: positive("speedup_published"),
});
