import { number, optional, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * 163 results recomputed in Python (numpy, scipy) from the tables of this package, beside the published
 * text: an implementation-independent yardstick for fits in any other language.
 *
 * - `fitId`: which fit
 * - `quantity`: which of its results
 * - `published`: what the paper prints, as text
 * - `reproduced`: recomputed in Python (as the quantity)
 * - `relativeTolerance`: how far another implementation may differ
 * - `source`: paper and place, or `computed`
 * - `note`: caution
 *
 * @example
 * import { trainingReferenceFits } from "isoflop-datasets";
 * trainingReferenceFits().length; // => 163
 */
export const trainingReferenceFits = defineTable("training_reference_fits", {
  fitId: text("fit_id"),
  quantity: text("quantity"),
  published: optional(text("published")),
  reproduced: number("reproduced"),
  relativeTolerance: number("rel_tol", { min: 0 }),
  source: text("source"),
  note: optional(text("note")),
});
