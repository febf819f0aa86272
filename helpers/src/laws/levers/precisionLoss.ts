import { exp } from "../../numerics/exp.ts";
import {
  linearInTerms,
  sizeAndData,
  sizeAndDataExponents,
  sizeAndDataTerms,
} from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter } from "../definition/parameters.ts";
import { positive } from "../definition/variables.ts";

const bits = positive("bits", "bits", "precision P of what is trained in few bits, such as the weights");

/** Below this share of the parameters a precision is taken to leave none: the law has nothing to say there. */
const least = 1e-9;

/**
 * Loss after training in few bits: `L(N, D, P) = E + A / (N (1 - exp(n - P / gamma)))^alpha + B / D^beta`.
 *
 * Few bits make a model behave like a smaller one; with many it is `chinchilla`. `offset` is n: the paper's equations leave
 * it out, its fits have it (appendix K), and without it the best precision comes out at half. Where P is at or below
 * gamma n no parameters are left, and the law gives a loss far above any other.
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), eq. 3 with the offset of appendix K, for one precision. For weights,
 * activations and KV cache each in their own see `effectiveParamsPrecision`.
 *
 * @example
 * import { kumar2024, precisionLoss, withParameters } from "isoflop";
 * const { E, A, B, alpha, weights } = kumar2024;
 * const law = withParameters(precisionLoss, { E, A, B, alpha, beta: alpha, ...weights });
 * law.predict({ nParams: 220e6, nTokens: 26e9, bits: 4 }) - law.predict({ nParams: 220e6, nTokens: 26e9, bits: 16 }); // => 0.06049
 */
export const precisionLoss: Law<
  "nParams" | "nTokens" | "bits",
  "E" | "A" | "B" | "alpha" | "beta" | "gamma" | "offset",
  "loss"
> = {
  name: "precisionLoss",
  tex: "L(N, D, P) = E + \\frac{A}{\\left(N (1 - e^{n - P / \\gamma})\\right)^{\\alpha}} + \\frac{B}{D^{\\beta}}",
  source: "Kumar et al. 2024 (arXiv 2411.04330), eq. 3 and appendix K",
  specification: { kind: "precisionLoss", arguments: [] },
  ...sizeAndData,
  variables: [...sizeAndData.variables, bits],
  parameters: [
    ...sizeAndDataTerms,
    ...sizeAndDataExponents,
    linearParameter("gamma", "bits", "bits in which the lost share falls by e", [0.3, 5]),
    linearParameter("offset", "1", "logarithm of the share that would be lost at 0 bits", [-1, 2], anySign),
  ],
  linear: [linearInTerms[0], { parameter: "A", given: ["alpha", "gamma", "offset"] }, linearInTerms[2]],

  evaluate(theta, x, n, value, jacobian) {
    const [A, B, alpha, beta] = [theta[1]!, theta[2]!, theta[3]!, theta[4]!];
    const [gamma, offset] = [theta[5]!, theta[6]!];
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      const rate = exp(x[2]![i]!) / gamma;
      const lost = exp(offset - rate);
      const kept = 1 - lost;
      const share = Math.max(kept, least);
      const logEffective = x[0]![i]! + Math.log(share);
      const u = exp(-alpha * logEffective);
      const v = exp(-beta * x[1]![i]!);
      // d ln(share) by the offset; nothing moves where no parameters are left.
      const slope = kept > least ? -lost / share : 0;
      value[i] = theta[0]! + A * u + B * v;
      jacobian[at] = 1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = -A * u * logEffective;
      jacobian[at + 4] = -B * v * x[1]![i]!;
      jacobian[at + 5] = (-alpha * A * u * slope * rate) / gamma;
      jacobian[at + 6] = -alpha * A * u * slope;
    }
  },
};
