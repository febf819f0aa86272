import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, anySign } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { linearInTerms, sizeAndData, sizeAndDataExponents, sizeAndDataTerms } from "./sizeAndData.ts";

/**
 * `chinchilla` with an interaction of size and data:
 * `L(N, D) = E + A / N^alpha + B / D^beta + G / (N^alpha D^beta)`.
 *
 * G = 0 is `chinchilla`; G > 0 says that a small model makes less of its data than the sum allows, G < 0 the opposite.
 * Fit both and compare to test whether the terms add up. Units as in `chinchilla`.
 *
 * Source: the product term of the two power laws, added to Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2.
 *
 * @example
 * ```ts
 * import { chinchillaInteraction, fit, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(chinchillaInteraction, runs, { loss: huber(1e-3) }).objective <= 0.001018274018; // => true
 * ```
 */
export const chinchillaInteraction: Law<
  "nParams" | "nTokens",
  "E" | "A" | "B" | "G" | "alpha" | "beta",
  "loss"
> = {
  name: "chinchillaInteraction",
  tex: "L(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}} + \\frac{G}{N^{\\alpha} D^{\\beta}}",
  source: "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2, with the product of its terms added",
  specification: { kind: "chinchillaInteraction", arguments: [] },
  ...sizeAndData,
  parameters: [
    ...sizeAndDataTerms,
    {
      ...amplitude("G", tokenLoss.unit, "interaction"),
      domain: anySign,
      scale: "linear",
      start: [-1e6, 1e6],
    },
    ...sizeAndDataExponents,
  ],
  linear: [...linearInTerms, { parameter: "G", given: ["alpha", "beta"] }],

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const E = theta[0]!;
    const A = theta[1]!;
    const B = theta[2]!;
    const G = theta[3]!;
    const alpha = theta[4]!;
    const beta = theta[5]!;
    for (let i = 0, at = 0; i < n; i++, at += 6) {
      const u = exp(-alpha * logN[i]!);
      const v = exp(-beta * logD[i]!);
      value[i] = E + A * u + B * v + G * u * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = u * v;
      jacobian[at + 4] = -(A + G * v) * u * logN[i]!;
      jacobian[at + 5] = -(B + G * u) * v * logD[i]!;
    }
  },
};
