import { exp } from "../../numerics/exp.ts";
import { sizeAndDataExponents, sizeAndDataTerms } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { exponent } from "../definition/parameters.ts";
import { nParams, nTokens, tokenLoss } from "../definition/variables.ts";
import { requireShareName, shareOf } from "./bimix.ts";

/**
 * The loss on a language (or any source that learns from its own share alone) by that share, size and tokens:
 * `L(h, N, D) = (E + A / N^alpha + B / D^beta) h^-gamma`.
 *
 * Losses in nats per token. With one gamma for all sources, the shares that minimise `sum_i w_i L_i` are in the ratio of
 * `(w_i c_i)^(1 / (1 + gamma))`, c_i the bracket at the run's size and tokens. No constants are given: the paper's were not
 * read, and the equation at second hand.
 *
 * @param source the field of a run that is this source's share, > 0
 *
 * @throws RangeError when source is no name, or that of another field
 *
 * Source: He et al. 2024 (arXiv 2410.12883), the multilingual law, over language families.
 *
 * @example
 * ```ts
 * import { ownShareMixture, withParameters } from "isoflop";
 * const law = withParameters(ownShareMixture("romance"), { E: 1.7, A: 400, B: 400, alpha: 0.34, beta: 0.28, gamma: 0.06 });
 * law.predict({ romance: 0.2, nParams: 1e9, nTokens: 1e11 }); // => 2.622
 * ```
 */
export function ownShareMixture<Source extends string>(
  source: Source,
): Law<Source | "nParams" | "nTokens", "E" | "A" | "B" | "alpha" | "beta" | "gamma", "loss"> {
  requireShareName("ownShareMixture", source, ["nParams", "nTokens"]);
  return {
    name: `ownShareMixture(${source})`,
    specification: { kind: "ownShareMixture", arguments: [source] },
    tex: "L(h, N, D) = \\left(E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}\\right) h^{-\\gamma}",
    source: "He et al. 2024 (arXiv 2410.12883), the multilingual law",
    response: tokenLoss,
    variables: [shareOf(source), nParams, nTokens],
    parameters: [...sizeAndDataTerms, ...sizeAndDataExponents, exponent("gamma", "share", [0.005, 1])],
    linear: [
      { parameter: "E", given: ["gamma"] },
      { parameter: "A", given: ["alpha", "gamma"] },
      { parameter: "B", given: ["beta", "gamma"] },
    ],
    evaluate(theta, x, n, value, jacobian) {
      const [E, A, B, alpha, beta, gamma] = theta as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const [logShare, logN, logD] = [x[0]!, x[1]!, x[2]!];
      for (let i = 0, at = 0; i < n; i++, at += 6) {
        const share = exp(-gamma * logShare[i]!);
        const u = share * exp(-alpha * logN[i]!);
        const v = share * exp(-beta * logD[i]!);
        value[i] = E * share + A * u + B * v;
        jacobian[at] = share;
        jacobian[at + 1] = u;
        jacobian[at + 2] = v;
        jacobian[at + 3] = -A * u * logN[i]!;
        jacobian[at + 4] = -B * v * logD[i]!;
        jacobian[at + 5] = -value[i]! * logShare[i]!;
      }
    },
  };
}
