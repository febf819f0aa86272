import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, floor } from "../definition/parameters.ts";
import { nTokens, tokenLoss } from "../definition/variables.ts";
import { allParams, granularity } from "./expertParameters.ts";

const { unit } = tokenLoss;

/**
 * The loss of a mixture of fine-grained experts by size, data and granularity:
 * `L(N, D, G) = c + (g / G^gamma + a) / N^alpha + b / D^beta`.
 *
 * N counts all parameters without embeddings, of every expert; G is how many times an expert is narrower than the dense
 * feed-forward, with G times as many experts, G of them a token. The constants hold for one multiple of the dense
 * feed-forward (64, say), which is no variable of the law. With G infinite, a / N^alpha is left.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), the joint law of section 5.
 *
 * @example
 * ```ts
 * import { krajewski2024 } from "isoflop";
 * const run = { nParams: 43e9, nTokens: 28.94e9 };
 * const coarse = krajewski2024.predict({ ...run, granularity: 1 });
 * coarse - krajewski2024.predict({ ...run, granularity: 16 }); // => 0.1005
 * ```
 */
export const fineGrainedLaw: Law<
  "nParams" | "nTokens" | "granularity",
  "c" | "a" | "g" | "b" | "alpha" | "beta" | "gamma",
  "loss"
> = {
  name: "fineGrainedLaw",
  tex: "L(N, D, G) = c + \\left(\\frac{g}{G^{\\gamma}} + a\\right) \\frac{1}{N^{\\alpha}} + \\frac{b}{D^{\\beta}}",
  source: "Krajewski et al. 2024 (arXiv 2402.07871)",
  specification: { kind: "fineGrainedLaw", arguments: [] },
  response: tokenLoss,
  variables: [allParams, nTokens, granularity],
  parameters: [
    floor("c", unit),
    amplitude("a", unit, "model"),
    amplitude("g", unit, "granularity"),
    amplitude("b", unit, "data"),
    exponent("alpha", "model"),
    exponent("beta", "data"),
    exponent("gamma", "granularity"),
  ],
  linear: [
    { parameter: "c", given: [] },
    { parameter: "a", given: ["alpha"] },
    { parameter: "g", given: ["alpha", "gamma"] },
    { parameter: "b", given: ["beta"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const logG = x[2]!;
    const c = theta[0]!;
    const a = theta[1]!;
    const g = theta[2]!;
    const b = theta[3]!;
    const alpha = theta[4]!;
    const beta = theta[5]!;
    const gamma = theta[6]!;
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      const u = exp(-alpha * logN[i]!);
      const coarse = u * exp(-gamma * logG[i]!);
      const v = exp(-beta * logD[i]!);
      const model = a * u + g * coarse;
      value[i] = c + model + b * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = coarse;
      jacobian[at + 3] = v;
      jacobian[at + 4] = -model * logN[i]!;
      jacobian[at + 5] = -b * v * logD[i]!;
      jacobian[at + 6] = -g * coarse * logG[i]!;
    }
  },
};
