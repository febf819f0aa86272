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
/** BFGS learns a curvature to about this factor: the worst of 1,500 fits of nine laws and losses was off by 12. */
const learnt = 25;
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
  if (
    !hasCorners &&
    along(
      own.map((slope, k) => gradient[k]! - slope),
      inverseHessian,
    ) >
      noDescent * value
  ) {
    refuse("minimum.gradient is not the gradient of its objective at its minimum");
  }
  const smooth = withLoss(objective, smoothLoss(objective, z));
  const before = smooth.evaluate(z, own);
  // Nelder and Mead's method begins with a simplex of its own size, wherever that is: slopes judge better.
  const method = options.method === "nelder-mead" ? "bfgs" : options.method;
  const after = descend(smooth, z, { method, maxIterations: 30 }).value;
  if (before - after > noDescent * Math.abs(before)) {
    refuse(`its minimum is none: a search from there lowers what it minimises from ${before} to ${after}`);
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
  const most = learnt * curvatureRatio(objective);
  return lowest > -asymmetry * largest && largest >= 1 / learnt && largest <= most;
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

/**
 * How much larger the curvature that Gauss and Newton give a loss, `rho'(r) / r`, is than its own, `rho''(r)`, over the runs: 1
 * for squares, more where robust losses are straight. BFGS, which sees slopes only, may learn the one or the other.
 */
function curvatureRatio({ residual, loss, w, n }: Objective): number {
  const relative = 1e-6;
  const [slope, moved] = [new Float64Array(n), new Float64Array(n)];
  const further = residual.map((r) => r * (1 + relative));
  loss.sum(residual, w, n, slope);
  loss.sum(further, w, n, moved);
  let [outer, inner] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (Math.abs(residual[i]!) < 1e-300) continue;
    outer += slope[i]! / residual[i]!;
    inner += (moved[i]! - slope[i]!) / (relative * residual[i]!);
  }
  return Math.max(1, Math.min(n, outer / inner || n));
}
