import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import type { Columns, SearchSpace } from "../definition/Law.ts";
import { decayedCopies } from "./decayedCopies.ts";
import { logBalancedParams } from "./logBalancedParams.ts";

const [E, A, B, alpha, beta, rStarTokens, rStarParams] = [0, 1, 2, 3, 4, 5, 6];
const kept = 16;
/** The terms' sizes are solved for with N' = N first, then with the N' that the sizes of before imply. */
const rounds = 3;

/**
 * Starts for `dataConstrained`: on a grid of exponents and R*, E, A and B by least squares. With the exponents held the
 * grid of R* is finer, since the surface has minima far from each other in R_D*.
 */
export function dataConstrainedStarts(x: Columns, y: Float64Array, space?: SearchSpace): Float64Array[] {
  const isHeld = (j: number) => space !== undefined && space.slot[j] === -1;
  const axis = (j: number, usual: readonly number[]) => (isHeld(j) ? [space!.constant[j]!] : usual);
  const held = isHeld(alpha) && isHeld(beta);
  const exponents = [0.2, 0.3, 0.42, 0.6];
  const found: { theta: Float64Array; error: number }[] = [];
  const solve = leastSizes(x, y);
  for (const a of axis(alpha, exponents)) {
    for (const b of axis(beta, exponents)) {
      for (const tokens of axis(
        rStarTokens,
        held ? [0.7, 2, 5, 10, 20, 40, 80, 200, 1e3, 1e4, 1e5] : [3, 15, 80],
      )) {
        for (const params of axis(rStarParams, held ? [0.1, 0.4, 1.2, 2.5, 5, 10, 40, 500] : [1, 5, 40])) {
          const theta = Float64Array.of(0, 0, 0, a, b, tokens, params);
          for (const j of [E, A, B]) if (isHeld(j)) theta[j] = space!.constant[j]!;
          const error = solve(theta, isHeld(E) && isHeld(A) && isHeld(B));
          if (Number.isFinite(error)) found.push({ theta, error });
        }
      }
    }
  }
  return found
    .sort((p, q) => p.error - q.error)
    .slice(0, kept)
    .map(({ theta }) => theta);
}

/** Fills in E, A and B of `theta` unless they are given, and returns the relative squares that are left. */
function leastSizes([logN, logD, logU]: Columns, y: Float64Array) {
  const n = y.length;
  const solver = new BoundedLeastSquares(3);
  const [g, h, c] = [new Float64Array(9), new Float64Array(3), new Float64Array(3)];
  const nonNegative = Uint8Array.of(1, 1, 1);
  const row = new Float64Array(3);
  return (theta: Float64Array, given: boolean): number => {
    let error = Infinity;
    for (let round = 0; round < (given ? 1 : rounds); round++) {
      const hasSizes = theta[A]! > 0 && theta[B]! > 0;
      const constants = { A: theta[A]!, B: theta[B]!, alpha: theta[alpha]!, beta: theta[beta]! };
      g.fill(0);
      h.fill(0);
      error = 0;
      for (let i = 0; i < n; i++) {
        const seen = Math.min(logU![i]!, logD![i]!);
        const balanced = hasSizes ? logBalancedParams(constants, seen) : Infinity;
        row[0] = 1 / y[i]!;
        row[1] = row[0] * Math.exp(-constants.alpha * effective(logN![i]!, balanced, theta[rStarParams]!));
        row[2] = row[0] * Math.exp(-constants.beta * effective(logD![i]!, seen, theta[rStarTokens]!));
        if (given) error += (theta[E]! * row[0] + constants.A * row[1] + constants.B * row[2] - 1) ** 2;
        for (let j = 0; j < 3; j++) {
          h[j]! += row[j]!;
          for (let k = 0; k < 3; k++) g[3 * j + k]! += row[j]! * row[k]!;
        }
      }
      if (given) return error;
      error = n + solver.solve(g, h, nonNegative, c);
      theta.set(c);
      if (!(c[1]! > 0 && c[2]! > 0)) return Infinity;
    }
    return error;
  };
}

/** ln of a count of which what exceeds `base` decays. */
function effective(log: number, base: number, rStar: number): number {
  return log > base ? base + Math.log(decayedCopies(Math.exp(log - base) - 1, rStar)) : log;
}
