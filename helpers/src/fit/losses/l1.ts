import { huber } from "./huber.ts";
import type { Loss } from "./Loss.ts";

/**
 * Least absolute deviations: `rho(r) = |r|`, the limit of `huber(delta) / delta` as delta goes to 0.
 *
 * It has corners, so the fit first minimises that smooth family for delta falling from the spread of the residuals
 * to a ten-millionth of it (annealing); the objective reported is the plain sum of |r|.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, l1 } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchilla, runs, { loss: l1() }).parameters.alpha; // => 0.3478
 * ```
 */
export function l1(): Loss {
  return {
    specification: { kind: "l1" },
    label: "l1",
    sum(r, w, n, influence) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        total += w[i]! * Math.abs(r[i]!);
        influence[i] = w[i]! * Math.sign(r[i]!);
      }
      return total;
    },
    annealing(spread) {
      return [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7].map((part) => ({
        ...huber(part * spread),
        share: part * spread,
      }));
    },
  };
}
