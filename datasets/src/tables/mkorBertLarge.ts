import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Pre-training of BERT-Large with five optimisers, as the README of MKOR prints it.
 *
 * @example
 * import { mkorBertLarge } from "isoflop-datasets";
 * mkorBertLarge().find((row) => row.optimizer === "MKOR-H")?.hours; // => 3.1
 */
export const mkorBertLarge = defineTable("mkor_bert_large", {
  optimizer: text("optimizer"),
  iterations: integer("iterations", { min: 1 }),
  hours: positive("hours"),
  squadF1: number("squad_f1", { min: 0, max: 100 }),
  printedSpeedup: positive("printed_speedup"),
});
