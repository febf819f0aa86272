import type { Fit } from "../fit/FitResult.ts";
import { lawValues } from "../fit/objective/lawResiduals.ts";
import { parameterArray } from "../laws/definition/predict.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { lawIntervals } from "./lawIntervals.ts";

/** A run with what a fit says of it. */
export interface FittedRun<V extends string = string> {
  /** What the law reads of the run, in the units of its variables. */
  readonly point: Readonly<Record<V, number>>;
  /** The response as it was, and as the law has it, in its unit. */
  readonly observed: number;
  readonly fitted: number;
  /** As the fit takes it: fitted minus observed, of the logarithms unless it was told `raw`. */
  readonly residual: number;
  readonly weight: number;
  /** Interval for the law's value there; undefined where the runs do not determine the law, or leave nothing over. */
  readonly interval?: readonly [number, number];
}

/**
 * The runs of a fit as tidy records, one a run and in their order: observed, fitted, residual, weight, interval.
 *
 * @param options.level mass of the intervals for the law's value, between 0 and 1 (default 0.95)
 * @throws RangeError when the level is not between 0 and 1
 * @example
 * import { chinchilla, fit, fittedRuns, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const [first] = fittedRuns(fit(chinchilla, runs, { loss: huber(1e-3) }));
 * first?.observed; // => 3.3957
 * first?.fitted; // => 3.2293
 */
export function fittedRuns<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  options: { readonly level?: number } = {},
): FittedRun<V>[] {
  requireOptions("fittedRuns", options, ["level"]);
  const { level = 0.95 } = options;
  const { law, table } = fit;
  const residuals = fit.residuals();
  const fitted = lawValues(law, parameterArray(law, fit.parameters), table);
  const interval = lawIntervals(fit, level);
  return Array.from(residuals, (residual, i) => {
    const point = Object.fromEntries(
      law.variables.map(({ name, domain }, v) => {
        const value = table.x[v]![i]!;
        return [name, domain === "positive" ? Math.exp(value) : value];
      }),
    ) as Record<V, number>;
    return {
      point,
      observed: table.y[i]!,
      fitted: fitted[i]!,
      residual,
      weight: table.w[i]!,
      ...(interval && { interval: interval(point).law }),
    };
  });
}
