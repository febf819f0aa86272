import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { positive, tokenLoss } from "../definition/variables.ts";

const sourceLoss = positive(
  "sourceLoss",
  "nats per token",
  "loss of the model that is known: other data, or another test",
);

/**
 * One loss by another: `L1 = E1 + K (L0 - E0)^kappa`, for two models of equal size and tokens on two corpora, or for two
 * losses of one model.
 *
 * Where kappa is 1 the two floors cannot be told apart, and near 1 they can hardly be: hold them at the floors of the two
 * scaling laws, `{ fixed: { E0, E1 } }`, or use `lossToLossLine`, which does that. For the same corpus K = kappa = 1.
 * The law says nothing of a known loss at or below its floor: it then gives E1, the floor of the wanted one.
 *
 * Source: Brandfonbrener et al. 2024 (arXiv 2411.12925), the train-to-train relation.
 *
 * @example
 * import { lossToLoss, withParameters } from "isoflop";
 * const law = withParameters(lossToLoss, { E0: 2.17, E1: 0.845, K: 0.623, kappa: 1.09 });
 * law.predict({ sourceLoss: 2.5 }); // => 1.0311
 */
export const lossToLoss: Law<"sourceLoss", "E0" | "E1" | "K" | "kappa", "targetLoss"> = {
  name: "lossToLoss",
  tex: "L_1 = E_1 + K (L_0 - E_0)^{\\kappa}",
  source: "Brandfonbrener et al. 2024 (arXiv 2411.12925)",
  specification: { kind: "lossToLoss", arguments: [] },
  response: { ...tokenLoss, name: "targetLoss", description: "loss that is wanted" },
  variables: [sourceLoss],
  parameters: [
    linearParameter("E0", "nats per token", "floor of the known loss", [0, 3]),
    linearParameter("E1", "nats per token", "floor of the wanted loss", [0, 3]),
    logParameter("K", "nats per token to 1 - kappa", "wanted excess where the known one is 1", [0.1, 10]),
    linearParameter("kappa", "1", "power of the known excess", [0.4, 2]),
  ],
  linear: [
    { parameter: "E1", given: [] },
    { parameter: "K", given: ["E0", "kappa"] },
  ],

  ranges: (x) => ({
    E0: [0, 0.98 * Math.exp(x[0]!.reduce((low, value) => Math.min(low, value), Infinity))],
  }),

  evaluate(theta, x, n, value, jacobian) {
    const E0 = theta[0]!;
    const K = theta[2]!;
    const kappa = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      // A loss at or below its floor has no power: the search is turned back before it gets there.
      const excess = Math.max(exp(x[0]![i]!) - E0, 1e-9);
      const log = Math.log(excess);
      const power = exp(kappa * log);
      value[i] = theta[1]! + K * power;
      jacobian[at] = (-K * kappa * power) / excess;
      jacobian[at + 1] = 1;
      jacobian[at + 2] = power;
      jacobian[at + 3] = K * power * log;
    }
  },
};
