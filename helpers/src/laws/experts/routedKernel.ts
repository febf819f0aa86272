import { exp } from "../../numerics/exp.ts";
import { inverseSaturated, inverseSaturatedSlopes } from "./saturatedExperts.ts";

/**
 * `10^(a lg N + b lg Ê + c lg N lg Ê + d)` and its derivatives by a, b, c, d, start and max, into `jacobian[at]` and what
 * follows. Constants stand in that order from `theta[from]` on.
 *
 * @returns the value
 */
export function routedKernel(
  theta: Float64Array,
  from: number,
  logN: number,
  logE: number,
  jacobian: Float64Array,
  at: number,
): number {
  const b = theta[from + 1]!;
  const c = theta[from + 2]!;
  const start = theta[from + 4]!;
  const max = theta[from + 5]!;
  const count = exp(logE);
  const inverse = inverseSaturated(count, start, max);
  const lgN = logN / Math.LN10;
  const lgE = -Math.log10(inverse);
  const value = exp(Math.LN10 * (theta[from]! * lgN + b * lgE + c * lgN * lgE + theta[from + 3]!));
  const perLg = value * Math.LN10;
  const [byStart, byMax] = inverseSaturatedSlopes(count, start, max);
  const perInverse = (-value * (b + c * lgN)) / inverse;
  jacobian[at] = perLg * lgN;
  jacobian[at + 1] = perLg * lgE;
  jacobian[at + 2] = perLg * lgN * lgE;
  jacobian[at + 3] = perLg;
  jacobian[at + 4] = perInverse * byStart;
  jacobian[at + 5] = perInverse * byMax;
  return value;
}
