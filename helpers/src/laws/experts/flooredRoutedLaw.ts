import type { Law } from "../definition/Law.ts";
import { floor } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { activeParams, experts, routedParameters } from "./expertParameters.ts";
import { routedKernel } from "./routedKernel.ts";
import { routedStarts } from "./routedStarts.ts";

/** Floors to try, as shares of the least loss. */
const shares = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * `routedLaw` over a loss that no size removes: `lg(L - floor) = a lg N + b lg Ê + c lg N lg Ê + d`.
 *
 * With floor = 0 it is `routedLaw`, which Clark et al. chose. On their public runs the floor, one constant more, leaves a
 * quarter of the squared residuals, and the size at which experts would stop helping moves out of sight: see `experts.ipynb`.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), equation 1, with an irreducible loss added.
 *
 * @example
 * ```ts
 * import { fit, flooredRoutedLaw, routedLaw, squared } from "isoflop";
 * import { clarkRoutedFinal } from "isoflop-datasets";
 * const kept = clarkRoutedFinal().filter((run) => run.topK === 1 && run.routedShare === 0.5 && run.seed === 42);
 * const runs = kept.filter((run) => run.router === "S-Base" || run.router === "Dense");
 * const [without, floored] = [routedLaw, flooredRoutedLaw].map((law) => fit(law, runs, { loss: squared() }).objective);
 * floored! / without!; // => 0.2307
 * ```
 */
export const flooredRoutedLaw: Law<
  "nParams" | "experts",
  "floor" | "a" | "b" | "c" | "d" | "start" | "max",
  "loss"
> = {
  name: "flooredRoutedLaw",
  tex: "\\lg (L - L_0) = a \\lg N + b \\lg \\hat{E} + c \\lg N \\lg \\hat{E} + d",
  source: "Clark et al. 2022 (arXiv 2202.01169), eq. 1, with an irreducible loss added",
  specification: { kind: "flooredRoutedLaw", arguments: [] },
  response: tokenLoss,
  variables: [activeParams, experts],
  parameters: [floor("floor", tokenLoss.unit), ...routedParameters],
  linear: [{ parameter: "floor", given: [] }],
  startsSuffice: true,

  starts([logN, logE], y) {
    const least = y.reduce((low, loss) => Math.min(low, loss), Infinity);
    return shares.flatMap((share) => {
      const level = share * least;
      const rest = y.map((loss) => loss - level);
      return routedStarts(logN!, logE!, rest)
        .slice(0, 2)
        .map((theta) => Float64Array.of(level, ...theta));
    });
  },

  evaluate(theta, x, n, value, jacobian) {
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      jacobian[at] = 1;
      value[i] = theta[0]! + routedKernel(theta, 1, x[0]![i]!, x[1]![i]!, jacobian, at + 1);
    }
  },
};
