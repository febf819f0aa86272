import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, anySign, exponent, floor } from "../definition/parameters.ts";
import { nTokens, positive, tokenLoss } from "../definition/variables.ts";
import { allParams } from "./expertParameters.ts";

const { unit } = tokenLoss;

/**
 * The loss of a mixture of experts by size, data and sparsity:
 * `L = e + a / N^alpha + b / D^beta + c / s^lambda + d / (s^delta N^gamma)`, s = 1 - S the share of the experts that a token
 * uses, K of E.
 *
 * N counts all parameters, of every expert. At s = 1 (dense) the third term joins the floor. The paper's constants were not
 * read at their source, so none are given here; lambda may be negative (then sparser is better at equal N).
 *
 * Source: Abnar et al. 2025 (arXiv 2501.12370), equation 6.
 *
 * @example
 * ```ts
 * import { sparsityLaw, withParameters } from "isoflop";
 * const theta = { e: 1, a: 1e4, b: 5e3, c: 0.5, d: 10, alpha: 0.5, beta: 0.4, lambda: -0.2, delta: 0.1, gamma: 0.2 };
 * const law = withParameters(sparsityLaw, theta); // made up
 * law.predict({ nParams: 1e10, nTokens: 1e11, activeShare: 0.25 }); // => 1.7929
 * ```
 */
export const sparsityLaw: Law<
  "nParams" | "nTokens" | "activeShare",
  "e" | "a" | "b" | "c" | "d" | "alpha" | "beta" | "lambda" | "delta" | "gamma",
  "loss"
> = {
  name: "sparsityLaw",
  tex: "L = e + \\frac{a}{N^{\\alpha}} + \\frac{b}{D^{\\beta}} + \\frac{c}{(1-S)^{\\lambda}} + \\frac{d}{(1-S)^{\\delta} N^{\\gamma}}",
  source: "Abnar et al. 2025 (arXiv 2501.12370), eq. 6",
  specification: { kind: "sparsityLaw", arguments: [] },
  response: tokenLoss,
  variables: [
    allParams,
    nTokens,
    positive("activeShare", "1", "share of the experts that a token uses, 1 - S; 1 for a dense model"),
  ],
  parameters: [
    floor("e", unit),
    amplitude("a", unit, "model"),
    amplitude("b", unit, "data"),
    amplitude("c", unit, "sparsity"),
    amplitude("d", unit, "sparse model"),
    exponent("alpha", "model", [0.3, 1]),
    exponent("beta", "data", [0.2, 0.8]),
    exponent("lambda", "sparsity", [-0.5, 0.5], anySign),
    exponent("delta", "sparse model, in sparsity", [0, 0.5], anySign),
    exponent("gamma", "sparse model, in size", [0.02, 0.3]),
  ],
  linear: [
    { parameter: "e", given: [] },
    { parameter: "a", given: ["alpha"] },
    { parameter: "b", given: ["beta"] },
    { parameter: "c", given: ["lambda"] },
    { parameter: "d", given: ["delta", "gamma"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const logS = x[2]!;
    const [e, a, b, c, d] = theta as unknown as [number, number, number, number, number];
    const alpha = theta[5]!;
    const beta = theta[6]!;
    const lambda = theta[7]!;
    const delta = theta[8]!;
    const gamma = theta[9]!;
    for (let i = 0, at = 0; i < n; i++, at += 10) {
      const u = exp(-alpha * logN[i]!);
      const v = exp(-beta * logD[i]!);
      const w = exp(-lambda * logS[i]!);
      const joint = exp(-delta * logS[i]! - gamma * logN[i]!);
      value[i] = e + a * u + b * v + c * w + d * joint;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = w;
      jacobian[at + 4] = joint;
      jacobian[at + 5] = -a * u * logN[i]!;
      jacobian[at + 6] = -b * v * logD[i]!;
      jacobian[at + 7] = -c * w * logS[i]!;
      jacobian[at + 8] = -d * joint * logS[i]!;
      jacobian[at + 9] = -d * joint * logN[i]!;
    }
  },
};
