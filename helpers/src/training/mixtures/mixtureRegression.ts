import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { leastSquares } from "../../numerics/lines/leastSquares.ts";
import type { MixtureResponse } from "./MixtureResponse.ts";
import { columnOf } from "./mixtureScores.ts";

/** A response that is linear in the shares, with its coefficients. */
export interface MixtureRegression<Source extends string = string, Target extends string = string>
  extends MixtureResponse<Source, Target> {
  readonly targets: readonly Target[];
  /** By target: the loss that the regression gives a source alone, in the losses' unit. */
  readonly coefficients: Readonly<Record<Target, Readonly<Record<Source, number>>>>;
}

/**
 * Least squares of losses on shares, one regression a target: `L = sum_j b_j h_j`.
 *
 * **Gauge.** Where shares sum to 1 an intercept changes nothing: any constant may be moved between it and all coefficients.
 * So there is none by default, and b_j is the loss that the line gives source j alone. With `intercept` there is one, which
 * the rounding of published shares determines; the coefficients then have it added.
 *
 * A line's best mixture is always a corner of the bounds, and its prediction there an extrapolation.
 *
 * @param runs records with the shares and losses
 * @param options fields that are shares, fields that are losses, and whether to fit an intercept
 * @throws RangeError when there are fewer runs than coefficients, or a source does not vary by itself
 *
 * Source: Liu et al. 2024 (arXiv 2407.01492), RegMix's linear model.
 *
 * @example
 * import { mixtureRegression } from "isoflop";
 * const runs = [{ web: 1, code: 0, loss: 2 }, { web: 0, code: 1, loss: 3 }, { web: 0.5, code: 0.5, loss: 2.4 }];
 * mixtureRegression(runs, { sources: ["web", "code"], targets: ["loss"] }).coefficients.loss.web; // => 1.967
 */
export function mixtureRegression<Source extends string, Target extends string>(
  runs: readonly Readonly<Record<Source | Target, number>>[],
  options: {
    readonly sources: readonly Source[];
    readonly targets: readonly Target[];
    readonly intercept?: boolean;
  },
): MixtureRegression<Source, Target> {
  requireRows("mixtureRegression", runs);
  requireOptions("mixtureRegression", options, ["sources", "targets", "intercept"]);
  const { sources, targets, intercept = false } = options;
  requireNames("sources", sources, 1, 'such as ["web", "code"]');
  requireNames("targets", targets, 1, 'such as ["loss"]');
  const shares = sources.map((source) => columnOf(runs, source));
  const solved = targets.map((target) => {
    const y = columnOf(runs, target);
    if (!intercept) return { constant: 0, slopes: throughZero(shares, y, sources) };
    const [constant, ...slopes] = leastSquares(shares, y).coefficients;
    return { constant: constant!, slopes };
  });
  const values = new Float64Array(targets.length);
  return {
    sources,
    targets,
    coefficients: Object.fromEntries(
      targets.map((target, t) => [
        target,
        Object.fromEntries(sources.map((source, j) => [source, solved[t]!.slopes[j]! + solved[t]!.constant])),
      ]),
    ) as Record<Target, Record<Source, number>>,
    losses(h) {
      for (const [t, { constant, slopes }] of solved.entries()) {
        let sum = constant;
        for (let j = 0; j < slopes.length; j++) sum += slopes[j]! * h[j]!;
        values[t] = sum;
      }
      return values;
    },
  };
}

/** Least squares without an intercept, by the columns' products. */
function throughZero(
  columns: readonly (readonly number[])[],
  y: readonly number[],
  names: readonly string[],
): number[] {
  const p = columns.length;
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, one, i) => sum + one * b[i]!, 0);
  const products = Float64Array.from({ length: p * p }, (_, at) =>
    dot(columns[Math.floor(at / p)]!, columns[at % p]!),
  );
  if (y.length < p || !choleskyFactor(products, p)) {
    throw new RangeError(
      `${y.length} runs do not determine ${p} coefficients (${names.join(", ")}); add runs, or merge sources that do not vary apart`,
    );
  }
  const goal = Float64Array.from(columns, (column) => dot(column, y));
  choleskySolve(products, p, goal);
  return [...goal];
}
