import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, floor } from "../definition/parameters.ts";
import { nParams, nTokens, tokenLoss } from "../definition/variables.ts";

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
  response: tokenLoss,
  variables: [nParams, nTokens],
  parameters: [
    floor("E", "nats per token"),
    amplitude("A", "nats per token", "model"),
    amplitude("B", "nats per token", "data"),
    exponent("alpha", "model and the data"),
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "A", given: ["alpha"] },
    { parameter: "B", given: ["alpha"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const E = theta[0]!;
    const A = theta[1]!;
    const B = theta[2]!;
    const alpha = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const u = Math.exp(-alpha * logN[i]!);
      const v = Math.exp(-alpha * logD[i]!);
      value[i] = E + A * u + B * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = -A * u * logN[i]! - B * v * logD[i]!;
    }
  },

  logOptimalParams(theta, logProduct) {
    return (Math.log(theta[1]! / theta[2]!) / theta[3]! + logProduct) / 2;
  },
};
