import { oneOf, optional, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Scaling laws of loss in parameters and compute, and of optimal size, for twelve domains, as printed in
 * Henighan et al. 2020, Table 1: L(N) = lInfN + (n0 / N)^alphaN, L(C) = lInfC + (c0 / C)^alphaC, Nopt =
 * (C / noptC0)^noptExponent.
 *
 * - `domain`: what is modelled
 * - `lInfN`: irreducible loss of L(N) (nats per token)
 * - `n0`: scale of L(N) (parameters, without embeddings)
 * - `alphaN`: exponent of L(N)
 * - `lInfC`: irreducible loss of L(C) (nats per token)
 * - `c0PfDays`: scale of L(C); 1 PF-day = 8.64e19 FLOPs (PF-days)
 * - `alphaC`: exponent of L(C)
 * - `noptC0PfDays`: scale of the optimal size (PF-days)
 * - `noptExponent`: exponent of the optimal size
 *
 * @example
 * import { henighanTable1 } from "isoflop-datasets";
 * henighanTable1().find((row) => row.domain === "image_8x8")?.lInfN; // => 3.12
 */
export const henighanTable1 = defineTable("henighan_table1", {
  domain: oneOf("domain", [
    "language",
    "image_8x8",
    "image_16x16",
    "image_32x32",
    "image_vq_16x16",
    "image_vq_32x32",
    "text_to_im_text",
    "text_to_im_image",
    "im_to_text_text",
    "im_to_text_image",
    "video_vq_16x16x16",
    "math_extrapolate",
  ]),
  lInfN: optional(positive("l_inf_n_nats_per_token")),
  n0: positive("n0_params"),
  alphaN: positive("alpha_n"),
  lInfC: optional(positive("l_inf_c_nats_per_token")),
  c0PfDays: optional(positive("c0_pf_days")),
  alphaC: optional(positive("alpha_c")),
  noptC0PfDays: optional(positive("nopt_c0_pf_days")),
  noptExponent: optional(positive("nopt_exponent")),
});
