import { chinchilla } from "../chinchilla/chinchilla.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, floor, logParameter } from "../definition/parameters.ts";
import { positive } from "../definition/variables.ts";

const unit = "bits per byte";

/**
 * Loss of a model on the right answers of a task, by size and training tokens:
 * `taskLoss(N, D) = E + A / N^alpha + B / D^beta`, in bits per byte of the answers.
 *
 * It is Chinchilla's form for another loss, the first of the two steps from (N, D) to accuracy; `lossToAccuracy` is the
 * second, and `chain` puts them together. N is without embeddings in the source.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 2 (step 1); fitted there by huber(1e-3) on the logarithm, all constants
 * >= 0.
 *
 * @example
 * import { taskLoss, withParameters } from "isoflop";
 * const law = withParameters(taskLoss, { E: 0.5, A: 40, B: 90, alpha: 0.24, beta: 0.24 });
 * law.predict({ nParams: 7e9, nTokens: 4e12 }); // => 0.7585
 */
export const taskLoss: Law<"nParams" | "nTokens", "E" | "A" | "B" | "alpha" | "beta", "taskLoss"> = {
  ...chinchilla,
  name: "taskLoss",
  tex: "\\ell(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}",
  source: "Bhagia et al. 2024 (arXiv 2412.04403), step 1",
  specification: { kind: "taskLoss", arguments: [] },
  response: positive("taskLoss", unit, "loss on the task's right answers"),
  parameters: [
    floor("E", unit),
    logParameter("A", `${unit}, times parameters to the exponent`, "size of the model-size term", [1, 1e6]),
    logParameter("B", `${unit}, times tokens to the exponent`, "size of the data term", [1, 1e6]),
    exponent("alpha", "model-size"),
    exponent("beta", "data"),
  ],
};
