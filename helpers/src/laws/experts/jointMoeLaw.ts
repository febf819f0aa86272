import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, anySign, exponent, floor } from "../definition/parameters.ts";
import { nTokens, tokenLoss } from "../definition/variables.ts";
import { activeParams, experts, saturationParameters } from "./expertParameters.ts";
import { inverseSaturated, inverseSaturatedSlopes } from "./saturatedExperts.ts";

const { unit } = tokenLoss;

/**
 * The loss of a mixture of experts by active parameters, data and experts:
 * `L = c + a Ê^delta N^-(alpha + gamma ln Ê) + b Ê^omega D^-(beta + zeta ln Ê)`, Ê = `saturatedExperts(E, { start, max })`.
 *
 * N counts the parameters that a token sees. With as many experts as Ê the law is `chinchilla` with constants of their own,
 * so it says how data and experts trade. The paper's constants were read only in parts and second hand, so none are given
 * here. A sweep over few numbers of experts does not tell start and max apart from the rest: hold them by `fixed`.
 *
 * Source: Ludziejewski et al. 2025 (arXiv 2502.05172), joint law; signs as here.
 *
 * @example
 * ```ts
 * import { jointMoeLaw, withParameters } from "isoflop";
 * const terms = { c: 1.4, a: 30, b: 40, alpha: 0.18, beta: 0.18, delta: 0.2, gamma: -0.01, omega: -0.5, zeta: 0.03 };
 * const law = withParameters(jointMoeLaw, { ...terms, start: 2, max: 300 }); // made up
 * law.predict({ nParams: 1e9, nTokens: 1e11, experts: 8 }); // => 3.1680
 * ```
 */
export const jointMoeLaw: Law<
  "nParams" | "nTokens" | "experts",
  "c" | "a" | "b" | "alpha" | "beta" | "delta" | "gamma" | "omega" | "zeta" | "start" | "max",
  "loss"
> = {
  name: "jointMoeLaw",
  tex: "L = c + a \\hat{E}^{\\delta} N^{-(\\alpha + \\gamma \\ln \\hat{E})} + b \\hat{E}^{\\omega} D^{-(\\beta + \\zeta \\ln \\hat{E})}",
  source: "Ludziejewski et al. 2025 (arXiv 2502.05172)",
  specification: { kind: "jointMoeLaw", arguments: [] },
  response: tokenLoss,
  variables: [activeParams, nTokens, experts],
  parameters: [
    floor("c", unit),
    amplitude("a", unit, "model"),
    amplitude("b", unit, "data"),
    exponent("alpha", "model", [0.05, 0.5]),
    exponent("beta", "data", [0.05, 0.5]),
    exponent("delta", "model, in experts", [-1, 1], anySign),
    exponent("gamma", "model, change per ln of experts", [-0.05, 0.05], anySign),
    exponent("omega", "data, in experts", [-1, 1], anySign),
    exponent("zeta", "data, change per ln of experts", [-0.05, 0.05], anySign),
    ...saturationParameters,
  ],
  linear: [
    { parameter: "c", given: [] },
    { parameter: "a", given: ["alpha", "delta", "gamma", "start", "max"] },
    { parameter: "b", given: ["beta", "omega", "zeta", "start", "max"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const [c, a, b, alpha, beta] = theta as unknown as [number, number, number, number, number];
    const delta = theta[5]!;
    const gamma = theta[6]!;
    const omega = theta[7]!;
    const zeta = theta[8]!;
    const start = theta[9]!;
    const max = theta[10]!;
    for (let i = 0, at = 0; i < n; i++, at += 11) {
      const logN = x[0]![i]!;
      const logD = x[1]![i]!;
      const count = exp(x[2]![i]!);
      const inverse = inverseSaturated(count, start, max);
      const s = -Math.log(inverse);
      const u = exp(delta * s - (alpha + gamma * s) * logN);
      const v = exp(omega * s - (beta + zeta * s) * logD);
      const perS = a * u * (delta - gamma * logN) + b * v * (omega - zeta * logD);
      const [byStart, byMax] = inverseSaturatedSlopes(count, start, max);
      value[i] = c + a * u + b * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = -a * u * logN;
      jacobian[at + 4] = -b * v * logD;
      jacobian[at + 5] = a * u * s;
      jacobian[at + 6] = -a * u * s * logN;
      jacobian[at + 7] = b * v * s;
      jacobian[at + 8] = -b * v * s * logD;
      jacobian[at + 9] = (-perS * byStart) / inverse;
      jacobian[at + 10] = (-perS * byMax) / inverse;
    }
  },
};
