import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, scalePoint } from "../definition/parameters.ts";
import { nSteps } from "../definition/variables.ts";
import { sizeAnd } from "./sizeAnd.ts";
import { exponentGrid, twoTermStarts } from "./twoTermStarts.ts";

/**
 * Kaplan's loss by size and training time: `L(N, S) = (Nc / N)^alphaN + (Sc / S)^alphaS`.
 *
 * N counts parameters without embeddings, S the steps that training far above the critical batch size would need
 * (S_min in the paper); L in nats per token.
 *
 * Source: Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.6, table 3.
 *
 * @example
 * ```ts
 * import { kaplan2020ParamsSteps } from "isoflop";
 * kaplan2020ParamsSteps.predict({ nParams: 1e9, nSteps: 1e5 }); // => 2.4005
 * ```
 */
export const kaplanParamsSteps: Law<"nParams" | "nSteps", "Nc" | "Sc" | "alphaN" | "alphaS", "loss"> = {
  name: "kaplanParamsSteps",
  tex: "L(N, S) = \\left(\\frac{N_c}{N}\\right)^{\\alpha_N} + \\left(\\frac{S_c}{S}\\right)^{\\alpha_S}",
  source: "Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.6",
  specification: { kind: "kaplanParamsSteps", arguments: [] },
  ...sizeAnd(nSteps, [
    scalePoint("Sc", "optimizer steps", "steps at which the time term is 1"),
    exponent("alphaS", "time", [0.05, 1.5]),
  ]),

  /** For given exponents the law is linear in `Nc^alphaN` and `Sc^alphaS`. */
  starts([logN, logS], y) {
    // A term depends on its own exponent only.
    const terms = (exponents: readonly number[], log: Float64Array) =>
      new Map(exponents.map((alpha) => [alpha, log.map((value, i) => Math.exp(-alpha * value) / y[i]!)]));
    const model = terms(exponentGrid(0.02, 1.28), logN!);
    const time = terms(exponentGrid(0.05, 1.28), logS!);
    return twoTermStarts(y.length, {
      theta: (left, right, alphaN, alphaS) =>
        Float64Array.of(left ** (1 / alphaN), right ** (1 / alphaS), alphaN, alphaS),
      exponents: [[...model.keys()], [...time.keys()]],
      terms: (alphaN, alphaS) => [model.get(alphaN)!, time.get(alphaS)!],
    });
  },

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logS = x[1]!;
    const Nc = theta[0]!;
    const Sc = theta[1]!;
    const alphaN = theta[2]!;
    const alphaS = theta[3]!;
    const logNc = Math.log(Nc);
    const logSc = Math.log(Sc);
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const s = logNc - logN[i]!;
      const t = logSc - logS[i]!;
      const u = exp(alphaN * s);
      const v = exp(alphaS * t);
      value[i] = u + v;
      jacobian[at] = (alphaN * u) / Nc;
      jacobian[at + 1] = (alphaS * v) / Sc;
      jacobian[at + 2] = u * s;
      jacobian[at + 3] = v * t;
    }
  },
};
