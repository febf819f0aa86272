import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import type { Loss } from "./Loss.ts";

/**
 * Huber's loss: `rho(r) = r^2 / 2` for |r| <= delta, else `delta (|r| - delta / 2)`: least squares near zero,
 * least absolute deviations beyond, so that outlying runs pull with a bounded force.
 *
 * @param delta in the residual's unit (log loss by default); Hoffmann et al. 2022 use 1e-3.
 * @throws RangeError when delta is not a positive number.
 *
 * Source: Huber 1964; Hoffmann et al. 2022 (arXiv 2203.15556), eq. 3.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchilla, runs, { loss: huber(1e-3) }).parameters.alpha; // => 0.3473
 * ```
 */
export function huber(delta: number): Loss {
  requireAbove(
    "delta of huber",
    delta,
    0,
    "1e-3 is what papers use for log losses; adaptiveHuber() takes it from the noise",
  );
  return huberOf(delta);
}

/** @param sigmas how many robust standard deviations of the residuals delta is, where it followed them */
export function huberOf(delta: number, sigmas?: number): Loss {
  return {
    specification: { kind: "huber", scale: delta, ...(sigmas !== undefined && { sigmas }) },
    label: sigmas === undefined ? `huber(${delta})` : `huber(${delta} = ${sigmas} sigma)`,
    sum(r, w, n, influence) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        const residual = r[i]!;
        const weight = w[i]!;
        // One formula on both sides of delta: a processor cannot guess which side a run is on.
        const bounded = Math.max(-delta, Math.min(delta, residual));
        total += weight * bounded * (residual - 0.5 * bounded);
        influence[i] = weight * bounded;
      }
      return total;
    },
  };
}
