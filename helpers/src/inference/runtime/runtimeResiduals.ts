import type { RisingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";
import { expectedSeconds } from "./runtimeOutliers.ts";

/** What a least squares leaves over. */
export interface RuntimeResiduals {
  /** In seconds, over √(1 − leverage); of rows that are not met exactly. */
  readonly residuals: Float64Array;
  /** Which rows they are of. */
  readonly row: Int32Array;
  /** Rows more than unknowns. */
  readonly spare: number;
}

/**
 * Residuals of runtimes around an intercept for each prompt size and one slope, or one that changes in proportion to the
 * prompt.
 *
 * @param weights 0 leaves a row out
 * @returns undefined without a row to spare
 */
export function runtimeResiduals(
  rows: RuntimeRowColumns,
  weights: Float64Array,
  fit: RisingRuntimes,
  rule: "constant" | "rising",
): RuntimeResiduals | undefined {
  const n = rows.promptSizes.length;
  const longest = rows.promptSizes.at(-1)!;
  const mass = new Float64Array(n);
  const centre = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    count += 1;
    const k = rows.group[i]!;
    mass[k]! += weights[i]!;
    centre[k]! += (weights[i]! / mass[k]!) * (rows.steps[i]! - centre[k]!);
  }
  const x = (i: number) => rows.steps[i]! - centre[rows.group[i]!]!;
  const f = (i: number) => rows.promptSizes[rows.group[i]!]! / longest;
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const square = weights[i]! * x(i) ** 2;
    a += square;
    b += square * f(i);
    c += square * f(i) ** 2;
  }
  const rest = rule === "rising" ? c - (b * b) / a : 0;
  const told = mass.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const spare = count - told - (rule === "rising" ? 2 : 1);
  if (spare < 1) return undefined;
  const residuals: number[] = [];
  const row: number[] = [];
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const second = rest > 0 ? (x(i) * (f(i) - b / a)) ** 2 / rest : 0;
    const left = 1 - weights[i]! * (1 / mass[rows.group[i]!]! + x(i) ** 2 / a + second);
    if (left < 1e-9) continue;
    row.push(i);
    residuals.push((rows.seconds[i]! - expectedSeconds(rows, fit, i)) / Math.sqrt(left));
  }
  return { residuals: Float64Array.from(residuals), row: Int32Array.from(row), spare };
}
