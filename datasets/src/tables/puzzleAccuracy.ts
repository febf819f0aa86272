import { positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 1 of Puzzle.
 *
 * - `benchmark`: benchmark
 * - `llama70b`: Llama-3.1-70B (points)
 * - `nemotron51b`: Nemotron-51B (points)
 * - `accuracyPreservedPct`: printed ratio (%)
 *
 * @example
 * import { puzzleAccuracy } from "isoflop-datasets";
 * puzzleAccuracy().length; // => 11
 */
export const puzzleAccuracy = defineTable("puzzle_accuracy", {
  benchmark: text("benchmark"),
  llama70b: positive("llama70b"),
  nemotron51b: positive("nemotron51b"),
  accuracyPreservedPct: positive("accuracy_preserved_pct"),
});
