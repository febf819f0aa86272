import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, scalePoint } from "../definition/parameters.ts";
import { nTokens } from "../definition/variables.ts";
import { sizeAnd } from "./sizeAnd.ts";
import { exponentGrid, twoTermStarts } from "./twoTermStarts.ts";

/**
 * Kaplan's loss by size and data: `L(N, D) = [(Nc / N)^(alphaN / alphaD) + Dc / D]^alphaD`.
 *
 * N counts parameters without embeddings, D tokens of the data set (early-stopped training); L in nats per token.
 * There is no floor: the loss goes to 0.
 *
 * Source: Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.5, table 2.
 *
 * @example
 * ```ts
 * import { kaplan2020ParamsTokens } from "isoflop";
 * kaplan2020ParamsTokens.predict({ nParams: 1e9, nTokens: 22e9 }); // => 2.3693
 * ```
 */
export const kaplanParamsTokens: Law<"nParams" | "nTokens", "Nc" | "Dc" | "alphaN" | "alphaD", "loss"> = {
  name: "kaplanParamsTokens",
  tex: "L(N, D) = \\left[\\left(\\frac{N_c}{N}\\right)^{\\alpha_N / \\alpha_D} + \\frac{D_c}{D}\\right]^{\\alpha_D}",
  source: "Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.5",
  specification: { kind: "kaplanParamsTokens", arguments: [] },
  ...sizeAnd(nTokens, [
    scalePoint("Dc", "tokens", "data at which the data term alone gives a loss of 1"),
    exponent("alphaD", "data", [0.02, 0.6]),
  ]),

  /** For given exponents `L^(1 / alphaD)` is linear in `Nc^(alphaN / alphaD)` and `Dc`. */
  starts([logN, logD], y) {
    // The response and the data term depend on alphaD only.
    const data = new Map(
      exponentGrid(0.02, 1.26).map((alphaD) => {
        const r = y.map((loss) => Math.log(loss) / alphaD);
        return [alphaD, { r, v: logD!.map((log, i) => Math.exp(-log - r[i]!)) }];
      }),
    );
    const u = new Float64Array(y.length);
    return twoTermStarts(y.length, {
      theta: (left, right, alphaN, alphaD) =>
        Float64Array.of(left ** (alphaD / alphaN), right, alphaN, alphaD),
      // The coefficients leave squares of L^(1 / alphaD), another quantity in each cell: cells compare by ln L.
      error(left, right, alphaN, alphaD) {
        let error = 0;
        for (let i = 0; i < y.length; i++) {
          const inner = left * Math.exp((-alphaN / alphaD) * logN![i]!) + right * Math.exp(-logD![i]!);
          error += (alphaD * Math.log(inner) - Math.log(y[i]!)) ** 2;
        }
        return error;
      },
      exponents: [exponentGrid(0.02, 1.26), [...data.keys()]],
      terms(alphaN, alphaD) {
        const { r, v } = data.get(alphaD)!;
        for (let i = 0; i < y.length; i++) u[i] = Math.exp((-alphaN / alphaD) * logN![i]! - r[i]!);
        return [u, v];
      },
    });
  },

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const Nc = theta[0]!;
    const Dc = theta[1]!;
    const alphaN = theta[2]!;
    const alphaD = theta[3]!;
    const logNc = Math.log(Nc);
    const logDc = Math.log(Dc);
    const ratio = alphaN / alphaD;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const s = logNc - logN[i]!;
      const u = exp(ratio * s);
      const v = exp(logDc - logD[i]!);
      const inner = u + v;
      const loss = exp(alphaD * Math.log(inner));
      const outer = (loss * alphaD) / inner;
      value[i] = loss;
      jacobian[at] = (outer * u * ratio) / Nc;
      jacobian[at + 1] = (outer * v) / Dc;
      jacobian[at + 2] = (outer * u * s) / alphaD;
      jacobian[at + 3] = loss * Math.log(inner) - (outer * u * s * ratio) / alphaD;
    }
  },
};
