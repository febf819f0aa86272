import { requireEfficiency, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A matrix in two factors of a rank. */
export interface LowRank {
  /** Values of the two factors, r·(rows + columns). */
  readonly params: number;
  /** Those over rows·columns; above 1 the factors are larger than the matrix. */
  readonly share: number;
  /** Rank at which both are equal, rows·columns/(rows + columns), not rounded. */
  readonly breakEvenRank: number;
}

/**
 * Values of a matrix replaced by the product of two factors of rank r, and the rank below which that saves any.
 *
 * Source: Guo et al. 2023 (PELA, arXiv 2310.10700).
 *
 * @throws RangeError on sizes or a rank that are not whole
 * @example
 * import { lowRankMatrix } from "isoflop";
 * lowRankMatrix({ rows: 768, columns: 768, rank: 128 }).share.toFixed(3); // => "0.333"
 * lowRankMatrix({ rows: 768, columns: 768, rank: 128 }).breakEvenRank; // => 384
 */
export function lowRankMatrix(setting: {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
}): LowRank {
  requireOptions("lowRankMatrix", setting, ["rows", "columns", "rank"]);
  const { rows, columns, rank } = setting;
  for (const [name, value] of Object.entries({ rows, columns, rank })) {
    requireWhole(name, value, 1, "give a count");
  }
  const params = rank * (rows + columns);
  return { params, share: params / (rows * columns), breakEvenRank: (rows * columns) / (rows + columns) };
}

/**
 * Largest rank at which the factors have at most a share of the matrix's values.
 *
 * @throws RangeError on sizes that are not whole or a share outside (0, 1]
 * @example
 * import { rankForShare } from "isoflop";
 * rankForShare({ rows: 768, columns: 3072, share: 1 / 3 }); // => 204
 */
export function rankForShare(setting: {
  readonly rows: number;
  readonly columns: number;
  readonly share: number;
}): number {
  requireOptions("rankForShare", setting, ["rows", "columns", "share"]);
  const { rows, columns, share } = setting;
  requireEfficiency("share", share);
  const { breakEvenRank } = lowRankMatrix({ rows, columns, rank: 1 });
  return Math.floor(share * breakEvenRank);
}
