import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, exponent, linearParameter, logParameter } from "../definition/parameters.ts";
import { nParams, nTokens, real } from "../definition/variables.ts";

/**
 * Accuracy of a task straight from size and training tokens: `accuracy(N, D) = b + a / (1 + exp(-u))` with
 * `u = A / N^alpha + B / D^beta + E`. It is the two steps in one formula, without the loss between them.
 *
 * Seven constants, which the accuracies of a ladder of runs seldom settle: `singleStepNote` says when a fit is one choice of
 * many. Prefer `chain`, whose first step has the loss to go by.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), the single-step alternative, as in allenai/OLMo-ladder
 * `src/scripts/single_step.py` (huber(1e-3) on the logarithm, -1 <= a <= 0, 0 <= b <= 1).
 *
 * @example
 * import { singleStepAccuracy, withParameters } from "isoflop";
 * const law = withParameters(singleStepAccuracy, { a: -0.75, b: 1, A: 40, B: 90, E: -1, alpha: 0.2, beta: 0.2 });
 * law.predict({ nParams: 7e9, nTokens: 4e12 }); // => 0.6806
 */
export const singleStepAccuracy: Law<
  "nParams" | "nTokens",
  "a" | "b" | "A" | "B" | "E" | "alpha" | "beta",
  "accuracy"
> = {
  name: "singleStepAccuracy",
  tex: "\\mathrm{acc}(N, D) = b + \\frac{a}{1 + e^{-(A N^{-\\alpha} + B D^{-\\beta} + E)}}",
  source: "Bhagia et al. 2024 (arXiv 2412.04403), single step",
  specification: { kind: "singleStepAccuracy", arguments: [] },
  response: real("accuracy", "1", "share of questions answered rightly, 0 to 1"),
  variables: [nParams, nTokens],
  parameters: [
    linearParameter("a", "1", "chance minus ceiling", [-1, -0.2], [-1, 0]),
    linearParameter("b", "1", "ceiling", [0.5, 1], [0, 1]),
    logParameter("A", "parameters to the exponent", "size of the model-size term", [1, 1e5]),
    logParameter("B", "tokens to the exponent", "size of the data term", [1, 1e5]),
    linearParameter("E", "1", "where the sigmoid stands for an endless model", [-6, 2], anySign),
    exponent("alpha", "model-size", [0.05, 0.6]),
    exponent("beta", "data", [0.05, 0.6]),
  ],
  linear: [
    { parameter: "b", given: [] },
    { parameter: "a", given: ["A", "B", "E", "alpha", "beta"] },
  ],
  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const a = theta[0]!;
    const b = theta[1]!;
    const A = theta[2]!;
    const B = theta[3]!;
    const E = theta[4]!;
    const alpha = theta[5]!;
    const beta = theta[6]!;
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      const u = exp(-alpha * logN[i]!);
      const v = exp(-beta * logD[i]!);
      const s = 1 / (1 + exp(-(A * u + B * v + E)));
      const steep = a * s * (1 - s);
      value[i] = b + a * s;
      jacobian[at] = s;
      jacobian[at + 1] = 1;
      jacobian[at + 2] = steep * u;
      jacobian[at + 3] = steep * v;
      jacobian[at + 4] = steep;
      jacobian[at + 5] = -steep * A * u * logN[i]!;
      jacobian[at + 6] = -steep * B * v * logD[i]!;
    }
  },
};
