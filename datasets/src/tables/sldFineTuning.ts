import { integer, oneOf, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Losses of 14 models fine-tuned on 200 to 409,600 examples of three sets: the training rows of SLDBench's fine-tuning task.
 *
 * @example
 * import { sldFineTuning } from "isoflop-datasets";
 * sldFineTuning().filter((run) => run.model === "gpt2").length; // => 36
 */
export const sldFineTuning = defineTable("sld_fine_tuning", {
  model: text("model"),
  dataset: oneOf("dataset", ["flan", "gigaword", "wikiword"]),
  nExamples: integer("n_examples", { min: 1 }),
  loss: positive("loss_nats"),
});
