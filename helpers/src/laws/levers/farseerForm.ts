import { exp } from "../../numerics/exp.ts";
import { mean } from "../../numerics/mean.ts";
import { sizeAndData } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, anySign, exponent, floor, linearParameter } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { twoTermStarts } from "../kaplan/twoTermStarts.ts";
import { innerExponents } from "./flooredStarts.ts";

/** Sizes are taken relative to this one, so that A, B and beta are what they are at a billion parameters. */
const logBillion = Math.log(1e9);

/**
 * A law whose data term depends on the size: `L(N, D) = E + A N^-alpha + B n^eta D^(-beta n^-delta)`, n = N / 1e9.
 *
 * Farseer's idea is L = E + U(N) + B(N) D^-A(N): the curve over the tokens has another level and another slope at every
 * size. The functions taken here are the simplest, powers of N; the paper's own were not read, so this is its idea as a
 * rival of `chinchilla`, which it becomes with eta = delta = 0, and no constants of the paper belong to it.
 *
 * Give tokens as counts: B n^eta is the level at one token, so that in billions of tokens the same form is another law. On three
 * public grids the fit in billions predicted up to 7 % otherwise. The unit of N does not matter.
 *
 * Source: the form of Li et al. 2025 (Farseer, arXiv 2506.10972), with functions of our own.
 *
 * @example
 * import { farseerForm, withParameters } from "isoflop";
 * const law = withParameters(farseerForm, { E: 1.7, A: 400, alpha: 0.34, B: 400, beta: 0.28, eta: 0, delta: 0 });
 * law.predict({ nParams: 70e9, nTokens: 1.4e12 }); // => 1.9411
 */
export const farseerForm: Law<
  "nParams" | "nTokens",
  "E" | "A" | "alpha" | "B" | "beta" | "eta" | "delta",
  "loss"
> = {
  name: "farseerForm",
  tex: "L(N, D) = E + \\frac{A}{N^{\\alpha}} + B n^{\\eta} D^{-\\beta n^{-\\delta}}, \\quad n = N / 10^9",
  source: "form of Li et al. 2025 (Farseer, arXiv 2506.10972), with powers of N as its functions",
  specification: { kind: "farseerForm", arguments: [] },
  ...sizeAndData,
  parameters: [
    floor("E", tokenLoss.unit),
    amplitude("A", tokenLoss.unit, "model"),
    exponent("alpha", "model"),
    amplitude("B", tokenLoss.unit, "data"),
    exponent("beta", "data"),
    linearParameter("eta", "1", "how the level of the data term grows with the size", [-0.5, 0.5], anySign),
    linearParameter(
      "delta",
      "1",
      "how the exponent of the data term falls with the size",
      [-0.3, 0.3],
      anySign,
    ),
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "A", given: ["alpha"] },
    { parameter: "B", given: ["beta", "eta", "delta"] },
  ],
  startsSuffice: true,

  /** From Chinchilla's form, and from data terms that tilt either way. */
  starts([logN, logD], y) {
    const least = y.reduce((low, value) => Math.min(low, value), Infinity);
    // A tilt about the middle of the tokens, where the slopes of all sizes cross.
    const middle = mean(logD!);
    const modelTerms = new Map(
      innerExponents.map((alpha) => [alpha, logN!.map((log) => Math.exp(-alpha * log))]),
    );
    const u = new Float64Array(y.length);
    const v = new Float64Array(y.length);
    return [-0.15, -0.05, 0, 0.05, 0.15].flatMap((delta) => {
      const tilted = logN!.map((log, i) => {
        const size = log - logBillion;
        return -delta * middle * size - Math.exp(-delta * size) * logD![i]!;
      });
      const dataTerms = new Map(
        innerExponents.map((beta) => [beta, tilted.map((log) => Math.exp(beta * log))]),
      );
      return [0, 0.4, 0.6, 0.75, 0.88].flatMap((share) =>
        twoTermStarts(y.length, {
          theta: (A, B, alpha, beta) =>
            Float64Array.of(share * least, A, alpha, B, beta, -delta * beta * middle, delta),
          exponents: [innerExponents, innerExponents],
          terms(alpha, beta) {
            const [model, data] = [modelTerms.get(alpha)!, dataTerms.get(beta)!];
            for (let i = 0; i < y.length; i++) {
              const above = y[i]! - share * least;
              u[i] = model[i]! / above;
              v[i] = data[i]! / above;
            }
            return [u, v];
          },
        }).slice(0, 1),
      );
    });
  },

  evaluate(theta, x, n, value, jacobian) {
    const [A, alpha, B, beta] = [theta[1]!, theta[2]!, theta[3]!, theta[4]!];
    const [eta, delta] = [theta[5]!, theta[6]!];
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      const logD = x[1]![i]!;
      const size = x[0]![i]! - logBillion;
      const tilt = exp(-delta * size);
      const u = exp(-alpha * x[0]![i]!);
      const v = exp(eta * size - beta * tilt * logD);
      value[i] = theta[0]! + A * u + B * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = -A * u * x[0]![i]!;
      jacobian[at + 3] = v;
      jacobian[at + 4] = -B * v * tilt * logD;
      jacobian[at + 5] = B * v * size;
      jacobian[at + 6] = B * v * beta * tilt * logD * size;
    }
  },
};
