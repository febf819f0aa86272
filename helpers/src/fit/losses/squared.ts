import type { Loss } from "./Loss.ts";

/**
 * Least squares: `rho(r) = r^2`, so that the objective is the residual sum of squares.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, squared } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchilla, runs, { loss: squared(), residual: "raw" }).objective; // => 0.0832038
 * ```
 */
export function squared(): Loss {
  return {
    specification: { kind: "squared" },
    label: "squared",
    sum(r, w, n, influence) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        const wr = w[i]! * r[i]!;
        total += wr * r[i]!;
        influence[i] = 2 * wr;
      }
      return total;
    },
  };
}
