import type { Law } from "../definition/Law.ts";
import { exponent, scalePoint } from "../definition/parameters.ts";
import { nParams, nTokens, tokenLoss } from "../definition/variables.ts";

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
  response: tokenLoss,
  variables: [nParams, nTokens],
  parameters: [
    scalePoint("Nc", "parameters", "size at which the model term alone gives a loss of 1"),
    scalePoint("Dc", "tokens", "data at which the data term alone gives a loss of 1"),
    exponent("alphaN", "model", [0.02, 0.6]),
    exponent("alphaD", "data", [0.02, 0.6]),
  ],
  linear: [],

  /** For given exponents `L^(1 / alphaD)` is linear in `Nc^(alphaN / alphaD)` and `Dc`: solve that on a grid. */
  starts(x, y) {
    const logN = x[0]!;
    const logD = x[1]!;
    const found: { theta: Float64Array; error: number }[] = [];
    for (let a = 0; a < 16; a++) {
      for (let b = 0; b < 16; b++) {
        const alphaN = 0.02 * 1.26 ** a;
        const alphaD = 0.02 * 1.26 ** b;
        let [uu, uv, vv, ur, vr] = [0, 0, 0, 0, 0];
        for (let i = 0; i < y.length; i++) {
          // Divided by the response, so that rows weigh alike.
          const r = Math.log(y[i]!) / alphaD;
          const u = Math.exp((-alphaN / alphaD) * logN[i]! - r);
          const v = Math.exp(-logD[i]! - r);
          uu += u * u;
          uv += u * v;
          vv += v * v;
          ur += u;
          vr += v;
        }
        const determinant = uu * vv - uv * uv;
        const left = (ur * vv - vr * uv) / determinant;
        const right = (vr * uu - ur * uv) / determinant;
        if (!(left > 0 && right > 0)) continue;
        const theta = Float64Array.of(left ** (alphaD / alphaN), right, alphaN, alphaD);
        let error = 0;
        for (let i = 0; i < y.length; i++) {
          const inner = left * Math.exp((-alphaN / alphaD) * logN[i]!) + right * Math.exp(-logD[i]!);
          error += (alphaD * Math.log(inner) - Math.log(y[i]!)) ** 2;
        }
        if (error < Infinity) found.push({ theta, error });
      }
    }
    return found
      .sort((a, b) => a.error - b.error)
      .slice(0, 6)
      .map(({ theta }) => theta);
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
      const u = Math.exp(ratio * s);
      const v = Math.exp(logDc - logD[i]!);
      const inner = u + v;
      const loss = Math.exp(alphaD * Math.log(inner));
      const outer = (loss * alphaD) / inner;
      value[i] = loss;
      jacobian[at] = (outer * u * ratio) / Nc;
      jacobian[at + 1] = (outer * v) / Dc;
      jacobian[at + 2] = (outer * u * s) / alphaD;
      jacobian[at + 3] = loss * Math.log(inner) - (outer * u * s * ratio) / alphaD;
    }
  },
};
