import { requireNonNegative, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Expected squared errors of two estimates of a sum from some of its terms. */
export interface ColumnRowVariance {
  /** All kept terms drawn by size (CRS). */
  readonly crs: number;
  /** The largest taken for certain, the others drawn by size (WTA-CRS). */
  readonly wta: number;
  /** How many were taken for certain. */
  readonly winners: number;
}

/**
 * Error of a matrix product that is estimated from `keep` of its m column-row pairs, as backward passes with sampled
 * activations do. Both estimates are unbiased; with sizes a_i = |column_i|·|row_i| and A their sum,
 *
 * - CRS draws k pairs with probability a_i/A: E|error|² = (A² − Σ a_i²)/k
 * - WTA-CRS takes the c largest and draws k − c of the rest: (A_r² − Σ_r a_i²)/(k − c), sums over the rest r,
 *
 * for pairs that are uncorrelated, so that the square of the product is Σ a_i². It is smaller where the c largest have
 * more than their share, Σ_c a_i/A > c/k; sizes alike gain nothing. Without `winners`, c is the best.
 *
 * Source: Liu et al. 2023 (arXiv 2305.15265), section 3, Theorem 2.
 *
 * @param sizes one a pair, in any order
 * @throws RangeError on sizes below 0 or all 0, or numbers that are not whole or too large
 * @example
 * import { columnRowVariance } from "isoflop";
 * const { crs, wta, winners } = columnRowVariance({ sizes: [8, 1, 1, 1, 1], keep: 3 });
 * [crs, wta, winners]; // => [25.333333333333332, 6, 1]
 */
export function columnRowVariance(setting: {
  readonly sizes: readonly number[];
  /** Pairs used, drawn ones counted as often as they are drawn. */
  readonly keep: number;
  /** Pairs taken for certain, fewer than `keep`. Default the best number. */
  readonly winners?: number;
}): ColumnRowVariance {
  requireOptions("columnRowVariance", setting, ["sizes", "keep", "winners"]);
  const { sizes, keep, winners } = setting;
  for (const size of sizes) requireNonNegative("sizes", size, "a size is a product of norms");
  requireWholeBetween("keep", keep, 1, sizes.length, "use some of the pairs");
  if (winners !== undefined) requireWholeBetween("winners", winners, 0, keep - 1, "draw one at least");
  const sorted = Float64Array.from(sizes).sort().reverse();
  // Sums over what is not among the c largest, added from the small end so that none is lost.
  const rest = new Float64Array(sorted.length + 1);
  const restSquares = new Float64Array(sorted.length + 1);
  for (let c = sorted.length - 1; c >= 0; c--) {
    rest[c] = rest[c + 1]! + sorted[c]!;
    restSquares[c] = restSquares[c + 1]! + sorted[c]! ** 2;
  }
  if (!(rest[0]! > 0)) throw new RangeError("sizes must not all be 0; such a product needs no estimate");
  const errorOf = (c: number) => (rest[c]! ** 2 - restSquares[c]!) / (keep - c);
  let best = winners ?? 0;
  if (winners === undefined) for (let c = 1; c < keep; c++) if (errorOf(c) < errorOf(best)) best = c;
  return { crs: errorOf(0), wta: errorOf(best), winners: best };
}
