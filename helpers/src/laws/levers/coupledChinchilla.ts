import { exp } from "../../numerics/exp.ts";
import { sizeAndData, sizeAndDataExponents, sizeAndDataTerms } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter } from "../definition/parameters.ts";
import { withParameters } from "../definition/withParameters.ts";
import { flooredStarts, innerExponents } from "./flooredStarts.ts";

/**
 * Chinchilla's law with its two terms under a common power: `L(N, D) = E + (A / N^alpha + B / D^beta)^gamma`.
 *
 * gamma = 1 is `chinchilla`; below 1 the larger of the two shortages hides the smaller. Under a fixed product N D the best
 * N does not depend on gamma: it grows as the budget to the power beta / (alpha + beta), as for Chinchilla.
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606), the supervised law, appendix F.
 *
 * @example
 * import { busbridge2025Supervised } from "isoflop";
 * busbridge2025Supervised.predict({ nParams: 1e9, nTokens: 20e9 }); // => 2.3747
 */
export const coupledChinchilla: Law<
  "nParams" | "nTokens",
  "E" | "A" | "B" | "alpha" | "beta" | "gamma",
  "loss"
> = {
  name: "coupledChinchilla",
  tex: "L(N, D) = E + \\left(\\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}\\right)^{\\gamma}",
  source: "Busbridge et al. 2025 (arXiv 2502.08606), appendix F",
  specification: { kind: "coupledChinchilla", arguments: [] },
  ...sizeAndData,
  parameters: [
    ...sizeAndDataTerms,
    ...sizeAndDataExponents,
    linearParameter("gamma", "1", "power of the sum of both terms", [0.2, 1.2]),
  ],
  linear: [],
  startsSuffice: true,

  starts: (x, y) =>
    flooredStarts(x, y, {
      powers: [0.3, 0.45, 0.65, 0.85, 1, 1.2],
      exponents: () => [innerExponents, innerExponents],
      theta: (E, a, b, gamma, alpha, beta) => Float64Array.of(E, a, b, alpha, beta, gamma),
    }),

  evaluate(theta, x, n, value, jacobian) {
    const [A, B, alpha, beta, gamma] = [theta[1]!, theta[2]!, theta[3]!, theta[4]!, theta[5]!];
    for (let i = 0, at = 0; i < n; i++, at += 6) {
      const u = exp(-alpha * x[0]![i]!);
      const v = exp(-beta * x[1]![i]!);
      const inner = A * u + B * v;
      const logInner = Math.log(inner);
      const term = exp(gamma * logInner);
      const outer = (gamma * term) / inner;
      value[i] = theta[0]! + term;
      jacobian[at] = 1;
      jacobian[at + 1] = outer * u;
      jacobian[at + 2] = outer * v;
      jacobian[at + 3] = -outer * A * u * x[0]![i]!;
      jacobian[at + 4] = -outer * B * v * x[1]![i]!;
      jacobian[at + 5] = term * logInner;
    }
  },

  logOptimalParams(theta, logProduct) {
    const [, A, B, alpha, beta] = theta as unknown as [number, number, number, number, number];
    return (Math.log((alpha * A) / (beta * B)) + beta * logProduct) / (alpha + beta);
  },
};

/**
 * Busbridge's supervised law on C4: parameters without embeddings, a vocabulary of 32,168, muP; from 73 runs that are not
 * public, so that no refit can check it.
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606), appendix F.3, table 6.
 */
export const busbridge2025Supervised = withParameters(
  coupledChinchilla,
  { E: 1.22, A: 3355, B: 18186, alpha: 0.408, beta: 0.431, gamma: 0.452 },
  "Busbridge et al. 2025 (arXiv 2502.08606), appendix F.3, table 6",
);
