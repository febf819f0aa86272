import type { Fit } from "../fit/FitResult.ts";
import { lawResiduals, lawValues } from "../fit/objective/lawResiduals.ts";
import { parameterArray } from "../laws/definition/predict.ts";
import { robustSpread } from "../numerics/robustSpread.ts";
import { Refitter } from "./Refitter.ts";

/** What the fit owes to one run. */
export interface RunInfluence<P extends string = string> {
  /** The run's place in the data, from 0. */
  readonly row: number;
  /** Residual in the full fit, prediction − observation of the logarithms (raw if the fit is). */
  readonly residual: number;
  /** Residual when the fit does without the run. */
  readonly leftOutResidual: number;
  /** Parameters without the run minus parameters with it. */
  readonly shift: Readonly<Record<P, number>>;
  /** Cook's distance: squared change of all predictions, in units of free parameters × noise variance. */
  readonly distance: number;
}

/**
 * What each run does to a fit: the fit is redone without it. Large `distance` means the law leans on that run.
 *
 * Source: Cook 1977, with the noise's standard deviation taken from the median absolute deviation, so that outliers
 * cannot hide behind the spread they cause.
 *
 * @returns one entry a run, most influential first
 * @example
 * import { chinchilla, fit, influence } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const [most] = influence(fit(chinchilla, chinchillaFigure4()));
 * most && chinchillaFigure4()[most.row]?.isOutlier; // => true
 */
export function influence<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
): RunInfluence<P>[] {
  const any = fit as unknown as Fit;
  const { law, table, options, n } = any;
  const refitter = new Refitter(any);
  const residuals = fit.residuals();
  const theta = parameterArray(law, any.parameters);
  const values = lawValues(law, theta, table);
  const log = options.residual !== "raw";
  const variance = robustSpread(residuals) ** 2 || Number.MIN_VALUE;
  return Array.from({ length: n }, (_, row) => {
    const left = refitter.refit((other) => other !== row);
    const without = lawValues(law, left, table);
    let change = 0;
    for (let i = 0; i < n; i++) {
      const step = log ? Math.log(without[i]! / values[i]!) : without[i]! - values[i]!;
      change += table.w[i]! * step * step;
    }
    const own = {
      n: 1,
      x: table.x.map((column) => column.subarray(row, row + 1)),
      y: table.y.subarray(row, row + 1),
    };
    return {
      row,
      residual: residuals[row]!,
      leftOutResidual: lawResiduals(law, left, own, options.residual)[0]!,
      shift: Object.fromEntries(law.parameters.map(({ name }, j) => [name, left[j]! - theta[j]!])) as Record<
        P,
        number
      >,
      distance: change / (fit.freeParameters * variance),
    };
  }).sort((one, other) => other.distance - one.distance);
}
