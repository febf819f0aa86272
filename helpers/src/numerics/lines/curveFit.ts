import { choleskyFactor, choleskySolve } from "../linear/cholesky.ts";
import { mean } from "../mean.ts";

/** What {@link curveFit} found. */
export interface CurveFit {
  /** Parameters at the minimum, in the order of the start. */
  readonly parameters: readonly number[];
  /** Sum of squared residuals, in squared units of y. */
  readonly sumOfSquares: number;
  /** 1 − residual / total variation of y. */
  readonly r2: number;
  /** Largest |residual|. */
  readonly maxError: number;
  readonly iterations: number;
  /** Whether a step became smaller than the tolerance before the iterations ran out. */
  readonly converged: boolean;
}

/** Value of a curve at x, which also writes its derivative for each parameter into `gradient`. */
export type Curve = (x: number, parameters: readonly number[], gradient: Float64Array) => number;

/**
 * Fits a curve y ≈ f(x; parameters) by unweighted nonlinear least squares on y, with the method of
 * Levenberg and Marquardt (damping scaled by the diagonal of the normal matrix, Marquardt 1963). Meant
 * for few parameters; the same minimum as scipy's `curve_fit` from the same start.
 *
 * @param curve value and analytic gradient
 * @param xs abscissae
 * @param ys ordinates, same length, at least as many as parameters
 * @param start parameters to begin with; the curve must be finite there
 * @throws RangeError on lengths that do not fit or a start where the curve is not finite
 * @example
 * import { type Curve, curveFit } from "isoflop";
 * const exponential: Curve = (x, [a = 0, b = 0], gradient) => {
 *   gradient[0] = Math.exp(b * x);
 *   gradient[1] = a * x * Math.exp(b * x);
 *   return a * Math.exp(b * x);
 * };
 * curveFit(exponential, [0, 1, 2], [2, 2 * Math.E, 2 * Math.E ** 2], [1, 0.5]).parameters[1]?.toFixed(6); // => "1.000000"
 */
export function curveFit(
  curve: Curve,
  xs: readonly number[],
  ys: readonly number[],
  start: readonly number[],
): CurveFit {
  const size = start.length;
  if (xs.length !== ys.length) {
    throw new RangeError(`xs and ys must have one length, got ${xs.length} and ${ys.length}`);
  }
  if (xs.length < size) throw new RangeError(`${size} parameters need as many points, got ${xs.length}`);
  const gradient = new Float64Array(size);
  const sumAt = (parameters: readonly number[]) => {
    let sum = 0;
    for (let i = 0; i < xs.length; i++) sum += (ys[i]! - curve(xs[i]!, parameters, gradient)) ** 2;
    return sum;
  };
  let parameters = [...start];
  let sum = sumAt(parameters);
  if (!Number.isFinite(sum)) {
    throw new RangeError(`the curve is not finite at the start [${start.join(", ")}]; start elsewhere`);
  }
  let damping = 1e-3;
  let iterations = 0;
  let converged = false;
  while (iterations < 500 && !converged) {
    iterations++;
    const { normal, slope } = normalEquations(curve, xs, ys, parameters);
    let improved = false;
    while (!improved && damping < 1e16) {
      const step = dampedStep(normal, slope, damping);
      if (step === undefined) {
        damping *= 10;
        continue;
      }
      const trial = parameters.map((value, i) => value + step[i]!);
      const trialSum = sumAt(trial);
      if (trialSum <= sum) {
        improved = true;
        // A gain below rounding, or a step below it: what is left is the square root of rounding in the parameters.
        converged =
          sum - trialSum <= 1e-15 * sum ||
          step.every((change, i) => Math.abs(change) <= 1e-12 * (Math.abs(trial[i]!) + 1e-12));
        parameters = trial;
        sum = trialSum;
        damping = Math.max(damping / 10, 1e-15);
      } else {
        damping *= 10;
      }
    }
    // No step however small improves: this is the minimum to rounding.
    if (!improved) converged = true;
  }
  const centre = mean(ys);
  const variation = ys.reduce((total, y) => total + (y - centre) ** 2, 0);
  const maxError = Math.max(...xs.map((x, i) => Math.abs(ys[i]! - curve(x, parameters, gradient))));
  return { parameters, sumOfSquares: sum, r2: 1 - sum / variation, maxError, iterations, converged };
}

function normalEquations(
  curve: Curve,
  xs: readonly number[],
  ys: readonly number[],
  parameters: readonly number[],
): { normal: Float64Array; slope: Float64Array } {
  const size = parameters.length;
  const normal = new Float64Array(size * size);
  const slope = new Float64Array(size);
  const gradient = new Float64Array(size);
  for (let i = 0; i < xs.length; i++) {
    const residual = ys[i]! - curve(xs[i]!, parameters, gradient);
    for (let j = 0; j < size; j++) {
      slope[j]! += gradient[j]! * residual;
      for (let k = 0; k <= j; k++) normal[j * size + k]! += gradient[j]! * gradient[k]!;
    }
  }
  return { normal, slope };
}

/** The step with the diagonal raised by `damping`; undefined where that leaves the matrix singular. */
function dampedStep(normal: Float64Array, slope: Float64Array, damping: number): Float64Array | undefined {
  const size = slope.length;
  const damped = normal.map((entry, at) => (at % (size + 1) === 0 ? entry * (1 + damping) : entry));
  if (!choleskyFactor(damped, size)) return undefined;
  const step = slope.slice();
  choleskySolve(damped, size, step);
  return step;
}
