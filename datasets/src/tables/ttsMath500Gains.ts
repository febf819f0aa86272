import { flag, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 5 of Liu et al. 2025.
 *
 * - `model`: model
 * - `cotPct`: chain of thought, one sample (%)
 * - `majorityPct`: majority vote (%)
 * - `computeOptimalTtsPct`: compute-optimal test-time scaling (%)
 * - `performanceGainPct`: printed gain over chain of thought (%)
 * - `efficiencyGainX`: printed factor of compute against majority vote
 * - `efficiencyGainIsLowerBound`: 1 where a bound is printed
 *
 * @example
 * import { ttsMath500Gains } from "isoflop-datasets";
 * ttsMath500Gains()[0]?.performanceGainPct; // => 154.6
 */
export const ttsMath500Gains = defineTable("tts_math500_gains", {
  model: text("model"),
  cotPct: number("cot_pct", { min: 0, max: 100 }),
  majorityPct: number("majority_pct", { min: 0, max: 100 }),
  computeOptimalTtsPct: number("compute_optimal_tts_pct", { min: 0, max: 100 }),
  performanceGainPct: positive("performance_gain_pct"),
  efficiencyGainX: positive("efficiency_gain_x"),
  efficiencyGainIsLowerBound: flag("efficiency_gain_is_lower_bound"),
});
