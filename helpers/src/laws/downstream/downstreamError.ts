import type { Law, Variable } from "../definition/Law.ts";

const loss: Variable<"loss"> = {
  name: "loss",
  unit: "nats per token",
  description: "validation loss of the model",
  domain: "real",
};

const error: Variable<"error"> = {
  name: "error",
  unit: "1",
  description: "average top-1 error, 0 to 1",
  domain: "real",
};

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
    {
      name: "epsilon",
      unit: "1",
      description: "error of a model that knows nothing",
      domain: [0, Infinity],
      scale: "linear",
      start: [0.3, 1],
    },
    {
      name: "k",
      unit: "1",
      description: "how much error a perfect loss would remove",
      domain: [0, Infinity],
      scale: "log",
      start: [0.05, 20],
    },
    {
      name: "gamma",
      unit: "1 / (nats per token)",
      description: "rate at which error falls with loss",
      domain: [0, Infinity],
      scale: "linear",
      start: [0.05, 3],
    },
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
      const u = Math.exp(-gamma * losses[i]!);
      value[i] = epsilon - k * u;
      jacobian[at] = 1;
      jacobian[at + 1] = -u;
      jacobian[at + 2] = k * u * losses[i]!;
    }
  },
};
