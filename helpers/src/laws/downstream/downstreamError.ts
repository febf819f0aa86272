import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { real } from "../definition/variables.ts";

const loss = real("loss", "nats per token", "validation loss of the model");
const error = real("error", "1", "average top-1 error, 0 to 1");

/**
 * Average downstream error by loss: `Err(L) = epsilon - k exp(-gamma L)`, which falls from epsilon (chance) as the
 * loss falls. The authors fit it by least squares of the error itself: `residual: "raw"`.
 *
 * Source: Gadre et al. 2024 (arXiv:2403.08540), equation 5.
 *
 * @example
 * import { downstreamError, withParameters } from "isoflop";
 * const c4 = withParameters(downstreamError, { epsilon: 0.84974, k: 2.0789, gamma: 0.75612 });
 * c4.predict({ loss: 2.5 }); // => 0.5358
 */
export const downstreamError: Law<"loss", "epsilon" | "k" | "gamma", "error"> = {
  name: "downstreamError",
  tex: "\\mathrm{Err}(L) = \\epsilon - k e^{-\\gamma L}",
  source: "Gadre et al. 2024 (arXiv:2403.08540), eq. 5",
  specification: { kind: "downstreamError", arguments: [] },
  response: error,
  variables: [loss],
  parameters: [
    linearParameter("epsilon", "1", "error of a model that knows nothing", [0.3, 1]),
    logParameter("k", "1", "how much error a perfect loss would remove", [0.05, 20]),
    linearParameter("gamma", "1 / (nats per token)", "rate at which error falls with loss", [0.05, 3]),
  ],
  linear: [
    { parameter: "epsilon", given: [] },
    { parameter: "k", given: ["gamma"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const losses = x[0]!;
    const epsilon = theta[0]!;
    const k = theta[1]!;
    const gamma = theta[2]!;
    for (let i = 0, at = 0; i < n; i++, at += 3) {
      const u = exp(-gamma * losses[i]!);
      value[i] = epsilon - k * u;
      jacobian[at] = 1;
      jacobian[at + 1] = -u;
      jacobian[at + 2] = k * u * losses[i]!;
    }
  },
};
