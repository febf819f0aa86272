import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type Curve, curveFit } from "../../numerics/lines/curveFit.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";

/** The exponentiated power law c(k) = exp(a·k^−b). */
export interface CoverageLaw {
  /** a < 0: log coverage of one sample. */
  readonly a: number;
  /** b > 0: how fast the log coverage shrinks as samples are added. */
  readonly b: number;
  /** R² of the fit on c. */
  readonly r2: number;
  /** Largest |c − fitted c|. */
  readonly maxError: number;
}

/**
 * Fits coverage against samples as c(k) = exp(a·k^−b), by least squares on c (not on log c).
 *
 * The start comes from the straight line log(−log c) = log(−a) − b·log k. The law tends to 1, so it
 * extrapolates too high wherever some problems are out of reach of the model.
 *
 * Source: Brown et al. 2024, "Large Language Monkeys", section 3.1.
 *
 * @param curve points (k, coverage) with k > 0 and coverage between 0 and 1
 * @throws RangeError with fewer than two points strictly between 0 and 1
 * @example
 * import { fitCoverage } from "isoflop";
 * const curve = [1, 10, 100].map((k) => ({ k, coverage: Math.exp(-4 * k ** -0.3) }));
 * fitCoverage(curve).b.toFixed(6); // => "0.300000"
 */
export function fitCoverage(
  curve: readonly { readonly k: number; readonly coverage: number }[],
): CoverageLaw {
  requireRows("fitCoverage", curve);
  for (const [i, { k }] of curve.entries()) requirePositive("k", k, { in: `point ${i + 1}` });
  const inside = curve.filter(({ coverage }) => coverage > 0 && coverage < 1);
  if (inside.length < 2) {
    throw new RangeError(`a coverage fit needs 2 points strictly between 0 and 1, got ${inside.length}`);
  }
  const line = linearFit(
    inside.map(({ k }) => Math.log(k)),
    inside.map(({ coverage }) => Math.log(-Math.log(coverage))),
  );
  const fit = curveFit(
    exponentiatedPower,
    curve.map(({ k }) => k),
    curve.map(({ coverage }) => coverage),
    [-Math.exp(line.intercept), -line.slope],
  );
  return { a: fit.parameters[0]!, b: fit.parameters[1]!, r2: fit.r2, maxError: fit.maxError };
}

const exponentiatedPower: Curve = (k, parameters, gradient) => {
  const a = parameters[0]!;
  const power = k ** -parameters[1]!;
  const value = Math.exp(a * power);
  gradient[0] = value * power;
  gradient[1] = -value * a * power * Math.log(k);
  return value;
};
