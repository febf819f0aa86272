import type { Law } from "../definition/Law.ts";
import { tokenLoss } from "../definition/variables.ts";
import { activeParams, experts, routedParameters } from "./expertParameters.ts";
import { routedKernel } from "./routedKernel.ts";
import { routedStarts } from "./routedStarts.ts";

/**
 * The loss of a routed model by its size and its number of experts, at fixed data:
 * `lg L = a lg N + b lg Ê + c lg N lg Ê + d`, lg the decimal logarithm, Ê = `saturatedExperts(E, { start, max })`.
 *
 * N counts the parameters that a token sees, E the experts of a routed layer (1: dense), L is in nats per token. With a and
 * b below 0 and c above 0, experts help less the larger the model; at N = 10^(-b/c) they stop helping (`routedCutoff`).
 * The law has no term for data: its constants hold for the tokens of the runs they were fitted to. A fit to
 * `loss: squared()` minimises the authors' objective.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), equation 1.
 *
 * @example
 * ```ts
 * import { clark2022SBase } from "isoflop";
 * clark2022SBase.predict({ nParams: 1.3e9, experts: 64 }); // => 2.0498
 * ```
 */
export const routedLaw: Law<"nParams" | "experts", "a" | "b" | "c" | "d" | "start" | "max", "loss"> = {
  name: "routedLaw",
  tex: "\\lg L = a \\lg N + b \\lg \\hat{E} + c \\lg N \\lg \\hat{E} + d",
  source: "Clark et al. 2022 (arXiv 2202.01169), eq. 1",
  specification: { kind: "routedLaw", arguments: [] },
  response: tokenLoss,
  variables: [activeParams, experts],
  parameters: routedParameters,
  linear: [],
  starts: ([logN, logE], y) => routedStarts(logN!, logE!, y),
  startsSuffice: true,

  evaluate(theta, x, n, value, jacobian) {
    for (let i = 0; i < n; i++) value[i] = routedKernel(theta, 0, x[0]![i]!, x[1]![i]!, jacobian, 6 * i);
  },
};
