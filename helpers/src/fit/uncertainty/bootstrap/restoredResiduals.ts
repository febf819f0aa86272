import { choleskyInverse } from "../../../numerics/linear/cholesky.ts";
import type { Objective } from "../../objective/Objective.ts";
import { gaussNewton } from "../../search/gaussNewton.ts";
import { quadratic } from "../coordinateCovariance.ts";

/**
 * Residuals at z as large as the noise: a fit bends towards its runs, each by its leverage h, which leaves it
 * `1 - h` of its noise's variance. Divided by the root of that (power 0.5), or, as in HC3, by all of it (power 1), which also
 * makes up for what a single run with much leverage hides.
 *
 * Source: Davison and Hinkley 1997, section 6.2; MacKinnon and White 1985 (HC3).
 */
export function restoredResiduals(
  objective: Objective,
  z: Float64Array,
  residual: Float64Array,
  power: 0.5 | 1,
): Float64Array {
  const q = z.length;
  const inverse = choleskyInverse(gaussNewton(objective, z, "design"), q);
  if (!inverse) return residual;
  const jacobian = objective.residualJacobian();
  return residual.map((r, i) => {
    const leverage = objective.w[i]! * quadratic(inverse, jacobian, i * q, q);
    return r / Math.max(1e-2, 1 - leverage) ** power;
  });
}
