import { integer, number, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Scores on GLUE of BERT-Large pre-trained with four optimisers, as the README of MKOR prints them.
 *
 * @example
 * import { mkorGlue } from "isoflop-datasets";
 * mkorGlue().find((row) => row.optimizer === "MKOR-H")?.average; // => 0.811
 */
export const mkorGlue = defineTable("mkor_glue", {
  optimizer: text("optimizer"),
  iterations: integer("iterations", { min: 1 }),
  mnli: number("mnli", { min: 0, max: 1 }),
  qqp: number("qqp", { min: 0, max: 1 }),
  qnli: number("qnli", { min: 0, max: 1 }),
  sst2: number("sst2", { min: 0, max: 1 }),
  cola: number("cola", { min: 0, max: 1 }),
  stsb: number("stsb", { min: 0, max: 1 }),
  mrpc: number("mrpc", { min: 0, max: 1 }),
  rte: number("rte", { min: 0, max: 1 }),
  average: number("average", { min: 0, max: 1 }),
});
