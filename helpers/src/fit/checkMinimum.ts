import { choleskyFactor } from "../numerics/linear/cholesky.ts";
import { symmetricEigen } from "../numerics/linear/symmetricEigen.ts";
import { refuse } from "./checkRecord.ts";
import type { Fit } from "./FitResult.ts";
import type { Loss } from "./losses/Loss.ts";
import { Objective } from "./objective/Objective.ts";
import { gaussNewton, inverseGaussNewton } from "./search/gaussNewton.ts";
import { descend, smoothLoss, usesLeastSquares } from "./search/minimise.ts";

/** What the search itself calls no descent any more when its last digits are used up, see `bfgs`. */
const noDescent = 1e-6;
/**
 * BFGS learns the curvature of squares to about this factor; that of robust losses, which Gauss and Newton overrate where
 * they are straight, to six times it. The worst of 1,500 fits of nine laws and nine losses were off by 3 and by 60.
 */
const learnt = 25;
/** So many steps of a search show whether there is a descent; one from a minimum takes none to five. */
const steps = 30;
/** Rounding leaves so little of asymmetry, measured by the diagonal; the worst of the same fits has 2e-6. */
const asymmetry = 1e-4;

/**
 * Whether a saved minimum that is said to be one is one: the fit's own search, sent on from it, must find no descent, its
 * numbers must be finite, and its matrix must be an inverse Hessian of this objective. Objective and parameters that
 * agree do not show that: any point has those.
 *
 * @throws RangeError saying what does not fit
 */
export function checkMinimum({ status, minimum, parameters, options }: Fit, objective: Objective): void {
  const { z, value, gradient, inverseHessian } = minimum;
  // A fit without a meaning says so; its minimum is one choice of many, and may have no value at all.
  if (status === "not-identified") return;
  for (const [name, numbers] of Object.entries({
    parameters: Object.values<number>(parameters),
    "minimum.gradient": [...gradient],
    "minimum.inverseHessian": [...inverseHessian],
    objective: [value],
  })) {
    const wrong = numbers.find((number) => !Number.isFinite(number));
    if (wrong !== undefined) refuse(`${name} of a fit that is "${status}" must be finite, got ${wrong}`);
  }
  const own = new Float64Array(z.length);
  objective.evaluate(z, own);
  const hasCorners = objective.loss.annealing !== undefined;
  const off = own.map((slope, k) => gradient[k]! - slope);
  if (!hasCorners && !(Math.abs(along(off, inverseHessian)) <= noDescent * Math.abs(value))) {
    refuse("minimum.gradient is not the gradient of its objective at its minimum");
  }
  const smooth = withLoss(objective, smoothLoss(objective, z));
  const before = smooth.evaluate(z, own);
  // Nelder and Mead's method begins with a simplex of its own size, wherever that is: slopes judge better.
  const method = options.method === "nelder-mead" ? "bfgs" : options.method;
  const found = descend(smooth, z, { method, maxIterations: steps });
  if (before - found.value > noDescent * Math.abs(before)) {
    refuse(
      `its minimum is none: a search from there lowers what it minimises from ${before} to ${found.value}`,
    );
  }
  // On a bound a slope may lead outwards, where no step can follow it: no minimum either.
  if (!hasCorners && !found.converged && found.iterations < steps) {
    refuse("its minimum is none: a search from there finds a slope, and no minimum");
  }
  const isExact = !hasCorners && usesLeastSquares(objective, options.method);
  if (
    !isSymmetric(inverseHessian, z.length) ||
    !(isExact ? isInverse : isLearnt)(inverseHessian, z, smooth)
  ) {
    refuse("minimum.inverseHessian is no inverse Hessian of its law, runs and loss at its minimum");
  }
}

function withLoss({ law, coordinates, logResidual, x, target, w, n }: Objective, loss: Loss): Objective {
  return new Objective(law, coordinates, loss, logResidual, x, target, w, n);
}

/** v' H v */
function along(v: Float64Array, h: Float64Array): number {
  const q = v.length;
  return h.reduce((sum, entry, at) => sum + v[Math.floor(at / q)]! * entry * v[at % q]!, 0);
}

function isSymmetric(h: Float64Array, q: number): boolean {
  const size = (a: number, b: number) => Math.sqrt(Math.abs(h[a * q + a]! * h[b * q + b]!));
  return h.every((entry, at) => {
    const [a, b] = [Math.floor(at / q), at % q];
    return Math.abs(entry - h[b * q + a]!) <= asymmetry * size(a, b);
  });
}

/** Least squares takes it from the Jacobian: the same to what rounding makes of a nearly singular matrix. */
function isInverse(h: Float64Array, z: Float64Array, objective: Objective): boolean {
  const q = z.length;
  const expected = inverseGaussNewton(objective, z);
  return h.every((entry, at) => {
    const [a, b] = [Math.floor(at / q), at % q];
    return Math.abs(entry - expected[at]!) <= 0.1 * Math.sqrt(expected[a * q + a]! * expected[b * q + b]!);
  });
}

/** BFGS learns it on its way. */
function isLearnt(h: Float64Array, z: Float64Array, objective: Objective): boolean {
  const values = relativeTo(gaussNewton(objective, z), h, insideOf(objective, z), z.length);
  if (!values || values.length === 0) return true;
  const [lowest, largest] = [values[0]!, values.at(-1)!];
  const most = isQuadratic(objective) ? learnt : 6 * learnt;
  return lowest > -asymmetry * largest && largest >= 1 / learnt && largest <= most;
}

/** Whether the loss bends at every run as a square does there. */
function isQuadratic({ loss, residual, w, n }: Objective): boolean {
  const share = 1e-6;
  const [slope, further] = [new Float64Array(n), new Float64Array(n)];
  loss.sum(residual, w, n, slope);
  loss.sum(
    residual.map((r) => r * (1 + share)),
    w,
    n,
    further,
  );
  return slope.every((s, i) => Math.abs(further[i]! - s) >= 0.5 * share * Math.abs(s));
}

function insideOf({ coordinates: { lower, upper } }: Objective, z: Float64Array): number[] {
  return [...z.keys()].filter((k) => z[k]! > lower[k]! && z[k]! < upper[k]!);
}

/** Eigenvalues of L' H L with L L' = G, lowest first: all 1 where H is the inverse of G. Undefined where G is singular. */
function relativeTo(
  g: Float64Array,
  h: Float64Array,
  kept: readonly number[],
  q: number,
): Float64Array | undefined {
  const m = kept.length;
  const factor = Float64Array.from(
    { length: m * m },
    (_, at) => g[kept[Math.floor(at / m)]! * q + kept[at % m]!]!,
  );
  if (!choleskyFactor(factor, m)) return undefined;
  const product = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = a; i < m; i++) {
        for (let j = b; j < m; j++)
          sum += factor[i * m + a]! * h[kept[i]! * q + kept[j]!]! * factor[j * m + b]!;
      }
      product[a * m + b] = sum;
      product[b * m + a] = sum;
    }
  }
  return Float64Array.from(symmetricEigen(product, m).values);
}
