import type { DiscoverData } from "./DiscoverData.ts";
import { fitTableLaw, type LawFit } from "./LawFit.ts";

/** Huber's corner in standard deviations: 95 % of the efficiency of least squares on normal noise. */
const corner = 1.345;

/**
 * One step from a fit under the squared loss towards the one under Huber's: rows whose residuals are beyond the corner
 * weigh less. One step has the efficiency of the whole way where the start is sound (Bickel 1975).
 */
export function robustFit(squared: LawFit, data: DiscoverData, decreasing: ReadonlySet<number>): LawFit {
  const residuals = squared.fits.flatMap((one) => [...one.residuals].map(Math.abs));
  const spread = 1.4826 * [...residuals].sort((a, b) => a - b)[residuals.length >> 1]!;
  if (!(spread > 0)) return squared;
  const weights = data.weights.map((weight, i) => weight * Math.min(1, (corner * spread) / residuals[i]!));
  return fitTableLaw(squared.law, { ...data, weights }, decreasing, squared, true) ?? squared;
}
