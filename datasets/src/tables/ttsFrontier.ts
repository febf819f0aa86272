import { number, oneOf, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 3 of Liu et al. 2025.
 *
 * - `setting`: how the answer is made
 * - `model`: model
 * - `math500Pct`: MATH-500 (%)
 * - `aime24Pct`: AIME 2024 (%)
 * - `meanPct`: mean as printed (%)
 *
 * @example
 * import { ttsFrontier } from "isoflop-datasets";
 * ttsFrontier().length; // => 15
 */
export const ttsFrontier = defineTable("tts_frontier", {
  setting: oneOf("setting", ["proprietary_cot", "open_cot", "open_tts"]),
  model: text("model"),
  math500Pct: number("math500_pct", { min: 0, max: 100 }),
  aime24Pct: number("aime24_pct", { min: 0, max: 100 }),
  meanPct: number("mean_pct", { min: 0, max: 100 }),
});
