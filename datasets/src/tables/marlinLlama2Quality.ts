import { number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Quality of Llama-2 at 16 and at 4 bits.
 *
 * - `model`: model
 * - `wiki2PplFp16`: WikiText-2, 16 bit (perplexity)
 * - `wiki2PplInt4`: WikiText-2, 4 bit (perplexity)
 * - `redpajamaPplFp16`: RedPajama, 16 bit (perplexity)
 * - `redpajamaPplInt4`: RedPajama, 4 bit (perplexity)
 * - `mmluFp16Pct`: MMLU, 16 bit (%)
 * - `mmluInt4Pct`: MMLU, 4 bit (%)
 *
 * @example
 * import { marlinLlama2Quality } from "isoflop-datasets";
 * marlinLlama2Quality().length; // => 3
 */
export const marlinLlama2Quality = defineTable("marlin_llama2_quality", {
  model: text("model"),
  wiki2PplFp16: positive("wiki2_ppl_fp16"),
  wiki2PplInt4: positive("wiki2_ppl_int4"),
  redpajamaPplFp16: positive("redpajama_ppl_fp16"),
  redpajamaPplInt4: positive("redpajama_ppl_int4"),
  mmluFp16Pct: number("mmlu_fp16_pct", { min: 0, max: 100 }),
  mmluInt4Pct: number("mmlu_int4_pct", { min: 0, max: 100 }),
});
