import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { tokenLoss } from "../definition/variables.ts";
import { activeParams, experts, saturationParameters, slope } from "./expertParameters.ts";
import { routedStarts } from "./routedStarts.ts";
import { inverseSaturated, inverseSaturatedSlopes } from "./saturatedExperts.ts";

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
  parameters: [
    slope("a", "lg nats per lg parameters", "slope in size with one saturated expert", [-0.2, 0]),
    slope("b", "lg nats per lg experts", "slope in experts with one parameter", [-0.4, 0.1]),
    slope("c", "lg nats per lg parameters and lg experts", "how the slopes change", [-0.05, 0.05]),
    slope("d", "lg nats per token", "level", [0, 2]),
    ...saturationParameters,
  ],
  linear: [],
  starts: ([logN, logE], y) => routedStarts(logN!, logE!, y),
  startsSuffice: true,

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logE = x[1]!;
    const a = theta[0]!;
    const b = theta[1]!;
    const c = theta[2]!;
    const d = theta[3]!;
    const start = theta[4]!;
    const max = theta[5]!;
    for (let i = 0, at = 0; i < n; i++, at += 6) {
      const count = exp(logE[i]!);
      const inverse = inverseSaturated(count, start, max);
      const lgN = logN[i]! / Math.LN10;
      const lgE = -Math.log10(inverse);
      const loss = exp(Math.LN10 * (a * lgN + b * lgE + c * lgN * lgE + d));
      const perLg = loss * Math.LN10;
      const [byStart, byMax] = inverseSaturatedSlopes(count, start, max);
      const perInverse = (-loss * (b + c * lgN)) / inverse;
      value[i] = loss;
      jacobian[at] = perLg * lgN;
      jacobian[at + 1] = perLg * lgE;
      jacobian[at + 2] = perLg * lgN * lgE;
      jacobian[at + 3] = perLg;
      jacobian[at + 4] = perInverse * byStart;
      jacobian[at + 5] = perInverse * byMax;
    }
  },
};
