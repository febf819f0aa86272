import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, floor, linearParameter } from "../definition/parameters.ts";
import { nParams, positive, tokenLoss } from "../definition/variables.ts";

const streams = positive(
  "streams",
  "streams",
  "parallel streams P that share the parameters, 1 or above; 1 is a plain model",
);

/**
 * Loss of a model that runs several streams over the same parameters: `L(N, P) = E + A / (N (1 + k ln P))^alpha`.
 *
 * P streams are worth 1 + k ln P times the parameters, whatever N. N counts parameters without embeddings, those of the
 * streams themselves among them; every run saw the same number of tokens. The authors write the second term
 * `(A' 1e9 / (N (k ln P + 1)))^alpha`: A' = A^(1/alpha) / 1e9.
 *
 * Source: Chen et al. 2025 (ParScale, arXiv 2505.10475); form of QwenLM/ParScale, parametric_fit.py at cd6acb4.
 *
 * @example
 * import { parallelLoss, withParameters } from "isoflop";
 * const law = withParameters(parallelLoss, { E: 0.69, A: 21.6, alpha: 0.19, k: 0.39 });
 * law.predict({ nParams: 1e9, streams: 8 }); // => 1.066
 */
export const parallelLoss: Law<"nParams" | "streams", "E" | "A" | "alpha" | "k", "loss"> = {
  name: "parallelLoss",
  tex: "L(N, P) = E + \\frac{A}{\\left(N (1 + k \\ln P)\\right)^{\\alpha}}",
  source: "Chen et al. 2025 (arXiv 2505.10475)",
  variables: [nParams, streams],
  response: tokenLoss,
  parameters: [
    floor("E", tokenLoss.unit),
    amplitude("A", tokenLoss.unit, "model"),
    exponent("alpha", "model"),
    linearParameter("k", "1", "what an e-fold of streams adds, in shares of the parameters", [0.01, 2]),
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "A", given: ["alpha", "k"] },
  ],
  specification: { kind: "parallelLoss", arguments: [] },

  evaluate(theta, x, n, value, jacobian) {
    const A = theta[1]!;
    const alpha = theta[2]!;
    const k = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const logP = x[1]![i]!;
      if (logP < 0) throw refusal("streams", "must be 1 or above", exp(logP), "1 is a plain model");
      const worth = 1 + k * logP;
      const logEffective = x[0]![i]! + Math.log(worth);
      const u = exp(-alpha * logEffective);
      value[i] = theta[0]! + A * u;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = -A * u * logEffective;
      jacobian[at + 3] = (-A * u * alpha * logP) / worth;
    }
  },
};
