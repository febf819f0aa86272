import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";

/**
 * The kernel of `E + A e^(alpha s) + B e^(alpha t)` with the parameters E, A, B, alpha, where s and t are sums of the
 * two columns: Chinchilla's law with one exponent for both terms, in whichever variables it is written. In ln N and
 * ln D that is s = -ln N and t = -ln D; in ln C and ln M (M = D / N) it is s = ln M - ln C and t = -ln M - ln C.
 *
 * @param ofS factors of the first and the second column in s
 * @param ofT the same in t
 */
export function oneExponentKernel(
  ofS: readonly [number, number],
  ofT: readonly [number, number],
): Law["evaluate"] {
  return (theta, x, n, value, jacobian) => {
    // Copied, so that the loop reads nothing from outside.
    const [s0, s1] = ofS;
    const [t0, t1] = ofT;
    const first = x[0]!;
    const second = x[1]!;
    const E = theta[0]!;
    const A = theta[1]!;
    const B = theta[2]!;
    const alpha = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const s = s0 * first[i]! + s1 * second[i]!;
      const t = t0 * first[i]! + t1 * second[i]!;
      const u = exp(alpha * s);
      const v = exp(alpha * t);
      value[i] = E + A * u + B * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = A * u * s + B * v * t;
    }
  };
}
