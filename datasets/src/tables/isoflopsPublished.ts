import { flag, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 947 published points of isoFLOP experiments: Chinchilla (two extractions), Llama 3 (two readings of its
 * loss axis), Marin on three corpora, and Misfitting.
 *
 * - `experiment`: which of the eight experiments the point belongs to
 * - `flopsBudget`: the budget in FLOPs that the point was trained to
 * - `nParams`, `nTokens`: parameters and training tokens
 * - `loss`: as reported; nats per token, except the two `llama_3` experiments, whose unit is unconfirmed
 * - `isQcOutlier`, `qcReason`: the quality filter of Open-Athena, not of the experiments' authors
 *
 * @example
 * import { isoflopsPublished } from "isoflop-datasets";
 * const chinchilla = isoflopsPublished().filter(
 *   (point) => point.experiment === "epochai_chinchilla__massivetext__chinchilla",
 * );
 * new Set(chinchilla.map((point) => point.flopsBudget)).size; // => 9
 */
export const isoflopsPublished = defineTable("isoflops_published", {
  experiment: oneOf("experiment", [
    "epochai_chinchilla__massivetext__chinchilla",
    "ml_scalefit__massivetext__chinchilla",
    "llama_3__raw_loss",
    "llama_3__exp_loss",
    "marin_202603__comma__llama_2",
    "marin_202603__dclm__llama_2",
    "marin_202603__nemotron__llama_2",
    "misfitting__fineweb_c4__transformer",
  ]),
  flopsBudget: positive("flops_budget"),
  nParams: positive("n_params"),
  nTokens: positive("n_tokens"),
  loss: positive("loss"),
  isQcOutlier: flag("is_qc_outlier"),
  qcReason: oneOf("qc_reason", [
    "none",
    "exact_duplicate",
    "near_duplicate_params",
    "off_center",
    "spline_outlier",
    "too_few_points",
    "too_few_post_qc",
    "weak_curvature",
  ]),
});
