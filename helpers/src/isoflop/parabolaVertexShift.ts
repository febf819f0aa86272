import { isWhole, refusal, requireAbove } from "../numerics/arguments/requireNumber.ts";

/** The law's exponents and the sweep whose bias is asked for. */
export interface VertexShiftOptions {
  /** Exponent of the model term. */
  readonly alpha: number;
  /** Exponent of the data term. */
  readonly beta: number;
  /** Sizes reach from optimum / halfWidth to optimum · halfWidth: 16 for a sweep of 256 in all. */
  readonly halfWidth: number;
  /** Model sizes in the sweep, evenly spaced in their logarithm. */
  readonly nPoints: number;
}

/**
 * By how much the vertex of a parabola misses the true optimum of an isoFLOP curve of
 * L = E + A/N^alpha + B/D^beta, without any noise: N_vertex / N_optimal − 1.
 *
 * Around the optimum, with w = log10(N/N_optimal), the curve is proportional to
 * (beta/alpha) 10^(−alpha w) + 10^(beta w), which no parabola follows unless alpha = beta. The shift depends on
 * alpha, beta, width and number of points only; not on A, B, E or compute, so it biases the intercept of the
 * allocation and leaves its exponent alone.
 *
 * Source: Czech et al. 2026 (arXiv 2603.22339).
 *
 * @returns relative error of the optimal parameters; that of the tokens is 1 / (1 + shift) − 1
 * @throws RangeError when an exponent is not > 0, halfWidth is not > 1 or nPoints is not an integer >= 3
 * @example
 * import { parabolaVertexShift } from "isoflop";
 * parabolaVertexShift({ alpha: 0.34, beta: 0.28, halfWidth: 16, nPoints: 15 }); // => 0.0537
 * parabolaVertexShift({ alpha: 0.31, beta: 0.31, halfWidth: 16, nPoints: 15 }); // => 0
 */
export function parabolaVertexShift({ alpha, beta, halfWidth, nPoints }: VertexShiftOptions): number {
  for (const [name, value] of Object.entries({ alpha, beta })) {
    requireAbove(name, value, 0, "give an exponent of a fit, such as 0.34");
  }
  requireAbove("halfWidth", halfWidth, 1, "16 makes a sweep of 256 in all");
  if (!isWhole(nPoints, 3, 1e6)) {
    const most = nPoints > 1e6 ? ", at most 1e6" : "";
    throw refusal("nPoints", `must be an integer >= 3${most}`, nPoints, "a parabola needs three sizes");
  }
  const half = Math.log(halfWidth);
  // On a grid symmetric about 0 odd and even moments separate, and the parabola's coefficients are closed.
  let s2 = 0;
  let s4 = 0;
  let y0 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < nPoints; i++) {
    const w = half * ((2 * i) / (nPoints - 1) - 1);
    const y = (beta / alpha) * Math.exp(-alpha * w) + Math.exp(beta * w);
    s2 += w * w;
    s4 += w ** 4;
    y0 += y;
    y1 += w * y;
    y2 += w * w * y;
  }
  const c1 = y1 / s2;
  const c2 = (nPoints * y2 - s2 * y0) / (nPoints * s4 - s2 * s2);
  const vertex = -c1 / (2 * c2);
  // Below the rounding of the sums: a symmetric curve has no shift, not one of 1e-17.
  return Math.abs(vertex) < 1e-14 ? 0 : Math.expm1(vertex);
}
