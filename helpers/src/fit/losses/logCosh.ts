import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import type { Loss } from "./Loss.ts";

/**
 * A smooth relative of Huber's loss: `rho(r) = s^2 ln cosh(r / s)`, close to `r^2 / 2` for |r| < s and to
 * `s |r|` beyond. It has no corner in its slope.
 *
 * @param scale s, in the residual's unit.
 * @throws RangeError when scale is not a positive number.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, logCosh } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchilla, runs, { loss: logCosh(1e-3) }).status; // => "converged"
 * ```
 */
export function logCosh(scale: number): Loss {
  requireAbove("scale of logCosh", scale, 0, "the usual choice for log losses is 1e-3");
  return {
    specification: { kind: "logCosh", scale },
    label: `logCosh(${scale})`,
    sum(r, w, n, influence) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        const u = Math.abs(r[i]!) / scale;
        // ln cosh u = u + ln(1 + e^(-2u)) - ln 2 does not overflow; below 1e-4 its series keeps the digits.
        total +=
          w[i]! * scale * scale * (u < 1e-4 ? (u * u) / 2 : u + Math.log1p(Math.exp(-2 * u)) - Math.LN2);
        influence[i] = w[i]! * scale * Math.tanh(r[i]! / scale);
      }
      return total;
    },
  };
}
