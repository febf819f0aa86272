import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import { sum } from "../../numerics/sum.ts";
import type { FitOptions } from "../objective/FitOptions.ts";
import { Objective } from "../objective/Objective.ts";
import { usesLeastSquares } from "./minimise.ts";
import { rowsForSearch, thin } from "./searchStarts.ts";

/** Steps in logarithms, and as a share of other coordinates: a third of a double's digits. */
const step = 1e-5;

/** In the place of nearbyCurvature.ts in the build for Node. */
export function nearbyCurvature(
  objective: Objective,
  z: Float64Array,
  method: FitOptions["method"] = "auto",
): Float64Array | undefined {
  const { law, coordinates, loss, logResidual, x, target, w, n } = objective;
  // Least squares have a method of their own, and losses with corners one curvature a stage.
  const isWarm = !loss.annealing && method !== "nelder-mead" && !usesLeastSquares(objective, method);
  if (n <= rowsForSearch || !isWarm) return undefined;
  const part = thin({ n, x, y: target, w }, rowsForSearch);
  const own = new Objective(law, coordinates, loss, logResidual, part.x, part.y, part.w, part.n);
  return sampledCurvature(own, z, sum(w));
}

/**
 * Inverse Hessian of the objective of many runs, from a part of them: differences of its gradient at z, by the share of
 * the weight that the part has. A search of all runs that begins with it needs half as many looks at them.
 *
 * @param part the objective of some of the runs, drawn at random
 * @param weight of all runs together
 * @returns undefined where z lies on a bound, or is no minimum of that part
 */
function sampledCurvature(part: Objective, z: Float64Array, weight: number): Float64Array | undefined {
  const q = z.length;
  const { free, lower, upper } = part.coordinates;
  const hessian = new Float64Array(q * q);
  const [above, below] = [new Float64Array(q), new Float64Array(q)];
  const at = z.slice();
  for (let k = 0; k < q; k++) {
    const h = free[k]!.log ? step : step * Math.abs(z[k]!);
    if (!(h > 0 && z[k]! - h > lower[k]! && z[k]! + h < upper[k]!)) return undefined;
    at[k] = z[k]! + h;
    part.evaluate(at, above);
    at[k] = z[k]! - h;
    part.evaluate(at, below);
    at[k] = z[k]!;
    for (let j = 0; j < q; j++) hessian[k * q + j] = (above[j]! - below[j]!) / (2 * h);
  }
  for (let k = 0; k < q; k++) {
    for (let j = 0; j < k; j++) {
      const both = (hessian[k * q + j]! + hessian[j * q + k]!) / 2;
      hessian[k * q + j] = both;
      hessian[j * q + k] = both;
    }
  }
  const inverse = choleskyInverse(hessian, q);
  if (!inverse?.every(Number.isFinite)) return undefined;
  const share = sum(part.w.subarray(0, part.n)) / weight;
  return inverse.map((entry) => entry * share);
}
