import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearInTerms, sizeAndData, sizeAndDataExponents, sizeAndDataTerms } from "./sizeAndData.ts";

/**
 * The loss of a language model by size and training tokens: `L(N, D) = E + A / N^alpha + B / D^beta`.
 *
 * N is a count of parameters and D a count of tokens (never millions or billions); L, E, A and B are in nats per
 * token. E is the entropy of the text, A / N^alpha the cost of a finite model, B / D^beta that of finite data.
 * Under C = 6 N D the best N is `((alpha A) / (beta B))^(1/(alpha+beta)) (C/6)^(beta/(alpha+beta))`.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), equations 2, 4 and 10.
 *
 * @example
 * ```ts
 * import { chinchilla, withParameters } from "isoflop";
 * const law = withParameters(chinchilla, { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 });
 * law.predict({ nParams: 70e9, nTokens: 1.4e12 }); // => 1.9366
 * ```
 */
export const chinchilla: Law<"nParams" | "nTokens", "E" | "A" | "B" | "alpha" | "beta", "loss"> = {
  name: "chinchilla",
  tex: "L(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}",
  source: "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2",
  specification: { kind: "chinchilla", arguments: [] },
  ...sizeAndData,
  parameters: [...sizeAndDataTerms, ...sizeAndDataExponents],
  linear: linearInTerms,

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const E = theta[0]!;
    const A = theta[1]!;
    const B = theta[2]!;
    const alpha = theta[3]!;
    const beta = theta[4]!;
    for (let i = 0, at = 0; i < n; i++, at += 5) {
      const u = exp(-alpha * logN[i]!);
      const v = exp(-beta * logD[i]!);
      value[i] = E + A * u + B * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = -A * u * logN[i]!;
      jacobian[at + 4] = -B * v * logD[i]!;
    }
  },

  logOptimalParams(theta, logProduct) {
    const [, A, B, alpha, beta] = theta as unknown as [number, number, number, number, number];
    return (Math.log((alpha * A) / (beta * B)) + beta * logProduct) / (alpha + beta);
  },
};
