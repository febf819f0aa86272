import type { Law } from "../definition/Law.ts";
import { exponent } from "../definition/parameters.ts";
import { oneExponentKernel } from "./oneExponentKernel.ts";
import { sizeAndData, sizeAndDataTerms } from "./sizeAndData.ts";

/**
 * `chinchilla` with one exponent for both terms: `L(N, D) = E + A / N^alpha + B / D^alpha`.
 *
 * For sweeps that cannot tell alpha from beta. The best N and D then both grow as C^0.5, and their ratio
 * `D / N = (B / A)^(1/alpha)` is the same at every budget. Units as in `chinchilla`.
 *
 * Source: assumed by Gadre et al. 2024 (arXiv 2403.08540).
 *
 * @example
 * ```ts
 * import { chinchillaEqualExponents, computeOptimal, withParameters } from "isoflop";
 * const law = withParameters(chinchillaEqualExponents, { E: 1.8, A: 400, B: 1600, alpha: 0.5 });
 * computeOptimal(law, { flops: 1e21 }).tokensPerParam; // => 16
 * ```
 */
export const chinchillaEqualExponents: Law<"nParams" | "nTokens", "E" | "A" | "B" | "alpha", "loss"> = {
  name: "chinchillaEqualExponents",
  tex: "L(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\alpha}}",
  source: "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2, with alpha = beta",
  specification: { kind: "chinchillaEqualExponents", arguments: [] },
  ...sizeAndData,
  parameters: [...sizeAndDataTerms, exponent("alpha", "model and the data")],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "A", given: ["alpha"] },
    { parameter: "B", given: ["alpha"] },
  ],
  evaluate: oneExponentKernel([-1, 0], [0, -1]),

  logOptimalParams(theta, logProduct) {
    return (Math.log(theta[1]! / theta[2]!) / theta[3]! + logProduct) / 2;
  },
};
