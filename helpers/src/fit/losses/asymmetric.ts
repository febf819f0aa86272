import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import type { Loss } from "./Loss.ts";

/**
 * Charges predictions above the observation more (over > 1) or less (over < 1) than those below:
 * `rho(r) = over * base(r)` for r > 0, `base(r)` otherwise. With a large `over` the fit becomes a lower bound of
 * the runs, as if each were the best of its kind.
 *
 * @param over factor on over-estimates, > 0.
 * @throws RangeError when `over` is not a positive number.
 *
 * @example
 * ```ts
 * import { asymmetric, chinchilla, fit, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const floor = fit(chinchilla, runs, { loss: asymmetric(huber(1e-3), { over: 10 }) });
 * floor.status; // => "converged"
 * ```
 */
export function asymmetric(base: Loss, { over }: { over: number }): Loss {
  requireAbove("over of asymmetric", over, 0, "4 counts a prediction too high four times");
  let tilted = new Float64Array(0);
  return {
    specification: { kind: "asymmetric", over, base: base.specification },
    label: `asymmetric(${base.label}, over ${over})`,
    sum(r, w, n, influence) {
      if (tilted.length < n) tilted = new Float64Array(n);
      for (let i = 0; i < n; i++) tilted[i] = r[i]! > 0 ? over * w[i]! : w[i]!;
      return base.sum(r, tilted, n, influence);
    },
    ...(base.share !== undefined && { share: base.share }),
    ...(base.annealing && {
      annealing: (spread: number) => base.annealing!(spread).map((stage) => asymmetric(stage, { over })),
    }),
    ...(base.settle && { settle: (sigma: number) => asymmetric(base.settle!(sigma), { over }) }),
  };
}
