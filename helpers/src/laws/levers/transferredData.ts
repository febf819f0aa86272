import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { nParams, positive } from "../definition/variables.ts";

const fineTuningData = positive("fineTuningData", "characters", "data of the target distribution, D_F");
const transferred = positive(
  "transferredData",
  "characters",
  "further data of the target distribution that pre-training is worth, D_T",
);

/**
 * What pre-training on one distribution is worth in data of another: `D_T = k D_F^alpha N^beta`.
 *
 * D_T is how much more fine-tuning data a model of the same size, trained from scratch, would have needed for the same
 * loss. The authors count characters, not tokens, and parameters without embeddings, and use it where D_F is at most a
 * tenth of the data that would train the model from scratch. Their constants were not read at the source: none are given.
 *
 * Source: Hernandez et al. 2021 (arXiv 2102.01293), eq. 1.1.
 *
 * @example
 * import { transferredData, withParameters } from "isoflop";
 * const law = withParameters(transferredData, { k: 1e4, alpha: 0.2, beta: 0.4 });
 * law.predict({ fineTuningData: 1e6, nParams: 1e8 }); // => 2.512e8
 */
export const transferredData: Law<"fineTuningData" | "nParams", "k" | "alpha" | "beta", "transferredData"> = {
  name: "transferredData",
  tex: "D_T = k \\, D_F^{\\alpha} N^{\\beta}",
  source: "Hernandez et al. 2021 (arXiv 2102.01293), eq. 1.1",
  specification: { kind: "transferredData", arguments: [] },
  response: transferred,
  variables: [fineTuningData, nParams],
  parameters: [
    logParameter("k", "characters at 1 character and 1 parameter", "size of the transfer", [1, 1e8]),
    linearParameter("alpha", "1", "how it grows with the fine-tuning data", [0.01, 1]),
    linearParameter("beta", "1", "how it grows with the model", [0.01, 1]),
  ],
  linear: [{ parameter: "k", given: ["alpha", "beta"] }],

  evaluate(theta, x, n, value, jacobian) {
    const k = theta[0]!;
    const alpha = theta[1]!;
    const beta = theta[2]!;
    for (let i = 0, at = 0; i < n; i++, at += 3) {
      const power = exp(alpha * x[0]![i]! + beta * x[1]![i]!);
      value[i] = k * power;
      jacobian[at] = power;
      jacobian[at + 1] = k * power * x[0]![i]!;
      jacobian[at + 2] = k * power * x[1]![i]!;
    }
  },
};
