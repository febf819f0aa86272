import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { flops, positive, tokenLoss } from "../definition/variables.ts";
import { oneExponentKernel } from "./oneExponentKernel.ts";

const tokenMultiplier = positive(
  "tokenMultiplier",
  "tokens per parameter",
  "training tokens over parameters",
);

/**
 * Loss by training compute and token multiplier M = D / N: `L(C, M) = E + (a M^eta + b M^-eta) C^-eta`.
 *
 * It is the Chinchilla law with alpha = beta = 2 eta, C = 6 N D, a = A 6^eta and b = B 6^eta, written so that
 * over-training moves along M at an unchanged slope in C. At fixed C the loss is least at `M* = (b/a)^(1/(2 eta))`.
 * N counts embeddings. The authors fit it by least squares of the loss itself: `residual: "raw"`.
 *
 * Source: Gadre et al. 2024 (arXiv:2403.08540), equation 4.
 *
 * @example
 * import { overTraining, withParameters } from "isoflop";
 * const c4 = withParameters(overTraining, { E: 1.50826, a: 141.28, b: 189.52, eta: 0.12124 });
 * c4.predict({ flops: 6 * 6.9e9 * 138e9, tokenMultiplier: 20 }); // => 2.279
 */
export const overTraining: Law<"flops" | "tokenMultiplier", "E" | "a" | "b" | "eta", "loss"> = {
  name: "overTraining",
  tex: "L(C, M) = E + \\left(a M^{\\eta} + b M^{-\\eta}\\right) C^{-\\eta}",
  source: "Gadre et al. 2024 (arXiv:2403.08540), eq. 4",
  specification: { kind: "overTraining", arguments: [] },
  response: tokenLoss,
  variables: [flops, tokenMultiplier],
  parameters: [
    linearParameter("E", "nats per token", "irreducible loss", [0, 4]),
    logParameter("a", "nats per token, times FLOP^eta", "size of the model term", [1, 1e6]),
    logParameter("b", "nats per token, times FLOP^eta", "size of the data term", [1, 1e6]),
    linearParameter("eta", "1", "exponent of compute, half that of parameters and of tokens", [0.03, 0.5]),
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "a", given: ["eta"] },
    { parameter: "b", given: ["eta"] },
  ],
  evaluate: oneExponentKernel([-1, 1], [-1, -1]),
};
