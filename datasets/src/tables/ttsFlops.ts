import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * FLOPs of Table 4 of Liu et al. 2025.
 *
 * - `model`: model
 * - `pretrainingFlops`: 6 N D (FLOPs)
 * - `inferenceFlops`: over the benchmark (FLOPs)
 * - `totalFlops`: sum as printed (FLOPs)
 *
 * @example
 * import { ttsFlops } from "isoflop-datasets";
 * ttsFlops().map((row) => row.totalFlops); // => [1.62e23, 3.65e25, 7.56e23, 5.96e25]
 */
export const ttsFlops = defineTable("tts_flops", {
  model: text("model"),
  pretrainingFlops: positive("pretraining_flops"),
  inferenceFlops: positive("inference_flops"),
  totalFlops: positive("total_flops"),
});
