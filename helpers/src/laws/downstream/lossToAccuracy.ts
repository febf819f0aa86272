import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { real } from "../definition/variables.ts";

/**
 * Accuracy of a task by the model's loss on its right answers: `accuracy(L) = b + a / (1 + exp(-k (L - L0)))`.
 *
 * With a < 0 the accuracy rises from `b + a`, the level of chance, where the loss is large, towards b, the ceiling, where it
 * is small. At L0 it stands half-way, `b + a / 2`, and falls there by `|a| k / 4` for each bit per byte.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 2 (step 2); least squares of the accuracy there (`residual: "raw"`),
 * with -1 <= a <= 0 and 0 <= b <= 1.
 *
 * @example
 * import { lossToAccuracy, withParameters } from "isoflop";
 * const law = withParameters(lossToAccuracy, { a: -0.75, k: 5, L0: 0.8, b: 1 });
 * law.predict({ taskLoss: 0.8 }); // => 0.625
 * law.predict({ taskLoss: 3 }); // => 0.25
 */
export const lossToAccuracy: Law<"taskLoss", "a" | "k" | "L0" | "b", "accuracy"> = {
  name: "lossToAccuracy",
  tex: "\\mathrm{acc}(\\ell) = b + \\frac{a}{1 + e^{-k (\\ell - \\ell_0)}}",
  source: "Bhagia et al. 2024 (arXiv 2412.04403), step 2",
  specification: { kind: "lossToAccuracy", arguments: [] },
  response: real("accuracy", "1", "share of questions answered rightly, 0 to 1"),
  variables: [real("taskLoss", "bits per byte", "loss on the task's right answers")],
  parameters: [
    linearParameter("a", "1", "chance minus ceiling", [-1, -0.05], [-1, 0]),
    logParameter("k", "1 / (bits per byte)", "steepness", [0.5, 20]),
    linearParameter("L0", "bits per byte", "loss at which half the span is reached", [0, 3]),
    linearParameter("b", "1", "ceiling", [0.3, 1], [0, 1]),
  ],
  linear: [
    { parameter: "b", given: [] },
    { parameter: "a", given: ["k", "L0"] },
  ],
  ranges(x) {
    let low = Infinity;
    let high = -Infinity;
    for (const loss of x[0]!) {
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
    const width = high - low || 1;
    return { k: [0.5 / width, 40 / width], L0: [Math.max(0, low - width / 2), Math.max(0, high)] };
  },
  evaluate(theta, x, n, value, jacobian) {
    const losses = x[0]!;
    const a = theta[0]!;
    const k = theta[1]!;
    const L0 = theta[2]!;
    const b = theta[3]!;
    for (let i = 0, at = 0; i < n; i++, at += 4) {
      const above = losses[i]! - L0;
      const s = 1 / (1 + exp(-k * above));
      const steep = a * s * (1 - s);
      value[i] = b + a * s;
      jacobian[at] = s;
      jacobian[at + 1] = steep * above;
      jacobian[at + 2] = -steep * k;
      jacobian[at + 3] = 1;
    }
  },
};
