import type { Law, Variable } from "../definition/Law.ts";
import { flops, tokenLoss } from "../definition/variables.ts";

const tokenMultiplier: Variable<"tokenMultiplier"> = {
  name: "tokenMultiplier",
  unit: "tokens per parameter",
  description: "training tokens over parameters",
  domain: "positive",
};

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
    {
      name: "E",
      unit: "nats per token",
      description: "irreducible loss",
      domain: [0, Infinity],
      scale: "linear",
      start: [0, 4],
    },
    {
      name: "a",
      unit: "nats per token, times FLOP^eta",
      description: "size of the model term",
      domain: [0, Infinity],
      scale: "log",
      start: [1, 1e6],
    },
    {
      name: "b",
      unit: "nats per token, times FLOP^eta",
      description: "size of the data term",
      domain: [0, Infinity],
      scale: "log",
      start: [1, 1e6],
    },
    {
      name: "eta",
      unit: "1",
      description: "exponent of compute, half that of parameters and of tokens",
      domain: [0, Infinity],
      scale: "linear",
      start: [0.03, 0.5],
    },
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "a", given: ["eta"] },
    { parameter: "b", given: ["eta"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const logC = x[0]!;
    const logM = x[1]!;
    const E = theta[0]!;
    const a = theta[1]!;
    const b = theta[2]!;
    const eta = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const model = logM[i]! - logC[i]!;
      const data = -logM[i]! - logC[i]!;
      const u = Math.exp(eta * model);
      const v = Math.exp(eta * data);
      value[i] = E + a * u + b * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = a * u * model + b * v * data;
    }
  },
};
