import { exp } from "../../numerics/exp.ts";
import { sizeAndData } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, floor, scalePoint } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { flooredStarts } from "./flooredStarts.ts";

/**
 * Kaplan's joint form with a floor: `L(N, D) = E + [(A / N)^(alpha / beta) + B / D]^beta`.
 *
 * With D without limit the model term is (A / N)^alpha, with N without limit the data term (B / D)^beta: A counts
 * parameters, B tokens, E is in nats per token. Unlike `chinchilla` the two shortages do not add: the larger hides the
 * smaller.
 *
 * Source: Brandfonbrener et al. 2024 (arXiv 2411.12925), their variant of Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.5.
 *
 * @example
 * import { kaplanJoint, withParameters } from "isoflop";
 * const code = withParameters(kaplanJoint, { E: 0.85, A: 2.23e7, B: 3.78e8, alpha: 0.45, beta: 0.47 });
 * code.predict({ nParams: 3.3e9, nTokens: 50e9 }); // => 0.9929
 */
export const kaplanJoint: Law<"nParams" | "nTokens", "E" | "A" | "B" | "alpha" | "beta", "loss"> = {
  name: "kaplanJoint",
  tex: "L(N, D) = E + \\left[\\left(\\frac{A}{N}\\right)^{\\alpha / \\beta} + \\frac{B}{D}\\right]^{\\beta}",
  source: "Brandfonbrener et al. 2024 (arXiv 2411.12925)",
  specification: { kind: "kaplanJoint", arguments: [] },
  ...sizeAndData,
  parameters: [
    floor("E", tokenLoss.unit),
    scalePoint("A", "parameters", "size at which the model term alone is 1"),
    scalePoint("B", "tokens", "data at which the data term alone is 1"),
    exponent("alpha", "model"),
    exponent("beta", "data"),
  ],
  linear: [],
  startsSuffice: true,

  starts: (x, y) =>
    flooredStarts(x, y, {
      powers: [0.1, 0.17, 0.25, 0.33, 0.41, 0.49, 0.58, 0.7, 0.85, 1],
      exponents: (beta) => [
        [0.1, 0.17, 0.25, 0.33, 0.41, 0.49, 0.58, 0.7, 0.85, 1].map((a) => a / beta),
        [1],
      ],
      theta: (E, a, b, beta, ratio) => Float64Array.of(E, a ** (1 / ratio), b, ratio * beta, beta),
    }),

  evaluate(theta, x, n, value, jacobian) {
    const alpha = theta[3]!;
    const beta = theta[4]!;
    const logA = Math.log(theta[1]!);
    const logB = Math.log(theta[2]!);
    for (let i = 0, at = 0; i < n; i++, at += 5) {
      const size = logA - x[0]![i]!;
      const model = exp((alpha / beta) * size);
      const both = model + exp(logB - x[1]![i]!);
      const share = model / both;
      const term = exp(beta * Math.log(both));
      value[i] = theta[0]! + term;
      jacobian[at] = 1;
      jacobian[at + 1] = (alpha * term * share) / theta[1]!;
      jacobian[at + 2] = (beta * term * (1 - share)) / theta[2]!;
      jacobian[at + 3] = term * share * size;
      jacobian[at + 4] = term * (Math.log(both) - (alpha / beta) * share * size);
    }
  },
};
