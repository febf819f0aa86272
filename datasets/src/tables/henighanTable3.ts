import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Compute laws per image, L(C) = irreducible + (c0 / C)^alphaC in nats per image, as printed in Henighan
 * et al. 2020, Table 3.
 *
 * - `resolution`: resolution and encoding
 * - `tokensPerImage`: tokens of one image (tokens)
 * - `c0PfDays`: scale (PF-days)
 * - `alphaC`: exponent
 * - `irreducible`: entropy of an image (nats per image)
 *
 * @example
 * import { henighanTable3 } from "isoflop-datasets";
 * henighanTable3().map((row) => row.irreducible); // => [602, 2026, 6806, 1047, 3246]
 */
export const henighanTable3 = defineTable("henighan_table3", {
  resolution: text("resolution"),
  tokensPerImage: integer("tokens_per_image", { min: 1 }),
  c0PfDays: positive("c0_pf_days"),
  alphaC: positive("alpha_c"),
  irreducible: positive("irreducible_nats_per_image"),
});
