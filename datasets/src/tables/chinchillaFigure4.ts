import { flag, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The 245 training runs of Hoffmann et al. 2022, Figure 4 (left), read from the figure's vector data by
 * Besiroglu et al. 2024.
 *
 * - `nParams`: parameters, embeddings included
 * - `nTokens`: training tokens, computed as flops / (6 nParams)
 * - `flops`: training FLOPs
 * - `loss`: final loss in nats per token, read from a colour scale (about 0.01 precise)
 * - `isOutlier`: the five largest losses, left out by Besiroglu et al.
 *
 * @example
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * runs.length; // => 240
 */
export const chinchillaFigure4 = defineTable("chinchilla_figure4", {
  nParams: positive("n_params"),
  nTokens: positive("n_tokens"),
  flops: positive("flops"),
  loss: positive("loss_nats"),
  isOutlier: flag("is_outlier"),
});
