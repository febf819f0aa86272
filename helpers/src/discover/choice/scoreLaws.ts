import { type DiscoverData, rowsOf } from "../fit/DiscoverData.ts";
import { fitTableLaw, type LawFit, predictTableLaw } from "../fit/LawFit.ts";
import { robustFit } from "../fit/robustFit.ts";
import type { DiscoverTable } from "../table/DiscoverTable.ts";
import type { FullFit } from "./FullFit.ts";
import type { Fold } from "./folds.ts";
import { foretold } from "./foretold.ts";
import type { Units } from "./units.ts";

/** A law on what the folds leave, and how far off it is on what they hold out. */
export interface ScoredLaw extends FullFit {
  /** The extrapolation error in each unit, under the squared and under Huber's loss. */
  readonly squared: Float64Array;
  readonly absolute: Float64Array;
  /** Of the rows held out, were the law true: see `foretold`. */
  readonly foretold: number;
  /** The fit of each fold, one a response. */
  readonly foldFits: readonly (readonly LawFit[])[];
}

/** The rows that a fold leaves, made once for all laws. */
export function keptRows(table: DiscoverTable, folds: readonly Fold[]): DiscoverData[][] {
  return folds.map(({ counts }) => table.responses.map(({ data }) => rowsOf(data, (i) => counts[i] === 0)));
}

/**
 * Fits a law to what each fold leaves and measures it on what the fold holds out, in standard deviations of the noise:
 * z by its logarithm, ln √(1 + z²), under the squared loss, and as it is under Huber's.
 *
 * @param noise standard deviation of the residuals of each response
 */
export function scoreLaw(
  full: FullFit,
  table: DiscoverTable,
  folds: readonly Fold[],
  units: Units,
  kept: readonly (readonly DiscoverData[])[],
  noise: readonly number[],
): ScoredLaw | undefined {
  const squared = new Float64Array(units.weights.length);
  const absolute = new Float64Array(units.weights.length);
  const foldFits: LawFit[][] = [];
  const share = 1 / table.responses.length;
  for (const f of folds.keys()) {
    const own: LawFit[] = [];
    for (const [r, { data }] of table.responses.entries()) {
      const rows = kept[f]![r]!;
      const fit = fitTableLaw(full.law, rows, table.decreasing, full.fits[r], true);
      if (fit === undefined) return undefined;
      own.push(fit);
      const robust = robustFit(fit, rows, table.decreasing);
      const plainly = predictTableLaw(fit, data.points, table.groupOf);
      const robustly = predictTableLaw(robust, data.points, table.groupOf);
      for (let i = 0; i < data.points.n; i++) {
        const unit = units.of[f]![i]!;
        if (unit < 0) continue;
        const size = Math.sqrt(data.weights[i]!) / noise[r]!;
        const z = (plainly[i]! - data.y[i]!) * size;
        const robustZ = Math.abs(robustly[i]! - data.y[i]!) * size;
        if (!Number.isFinite(z) || !Number.isFinite(robustZ)) return undefined;
        squared[unit]! += share * units.shares[f]![i]! * Math.log1p(z * z) * 0.5;
        absolute[unit]! += share * units.shares[f]![i]! * robustZ;
      }
    }
    foldFits.push(own);
  }
  return { ...full, squared, absolute, foldFits, foretold: foretold(full, foldFits, kept, table) };
}
