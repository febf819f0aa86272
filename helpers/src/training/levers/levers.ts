/** A way to a lower loss or a better score beside size and data, and what is known of it. */
export interface Lever {
  readonly lever:
    | "bits"
    | "teacher"
    | "pre-training"
    | "streams"
    | "reinforcement learning"
    | "another corpus";
  /** What its law answers. */
  readonly question: string;
  /** The law or helper that answers it. */
  readonly helper: string;
  /** What its law takes the place of: losses of one lever are not on the scale of another's. */
  readonly response: string;
  /** Whether runs are public, so that the law could be refitted and judged on runs that it did not see. */
  readonly publicRuns: boolean;
  /** The constants there are; empty where none were read at their source, or where a fit to the public runs gives them. */
  readonly constants: string;
  readonly source: string;
}

/**
 * The smaller levers, each with its own law. **They do not compose**: no published run varies two of them, each is fitted on
 * other data with another count of parameters, and a gain by one is not known to be left where another was taken. Ask each
 * alone, and keep to those with public runs where a decision hangs on the number.
 *
 * @example
 * import { levers } from "isoflop";
 * levers.filter(({ publicRuns }) => publicRuns).map(({ lever }) => lever); // => ["streams", "another corpus"]
 */
export const levers: readonly Lever[] = Object.freeze([
  lever("bits", "Kumar et al. 2024 (arXiv 2411.04330)", {
    question: "At how many bits is a training budget spent best, and what does quantising afterwards cost?",
    helper: "optimalPrecision, precisionAllocation, precisionForSize, quantisationPenalty, tokensUntilHarm",
    response: "nats per token on Dolma",
    constants: "kumar2024",
  }),
  lever("teacher", "Busbridge et al. 2025 (arXiv 2502.08606)", {
    question: "What does a student reach that imitates a teacher, and what does that cost?",
    helper: "distilledLoss, bestTeacher, distillationFlops",
    response: "nats per token on C4",
    constants: "busbridge2025",
  }),
  lever("pre-training", "Hernandez et al. 2021 (arXiv 2102.01293)", {
    question: "How much fine-tuning data is pre-training worth?",
    helper: "transferWorth, transferredData",
    response: "characters of the target",
  }),
  lever("streams", "Chen et al. 2025 (ParScale, arXiv 2505.10475)", {
    question: "How many parameters are parallel streams worth?",
    helper: "parallelLoss, streamsWorth",
    response: "nats per token on code or Pile, at one number of tokens",
    publicRuns: true,
  }),
  lever("reinforcement learning", "Khatri et al. 2025 (ScaleRL, arXiv 2510.13786)", {
    question: "Which reward do so many hours reach?",
    helper: "rlReward, computeForReward, saturatingLogistic",
    response: "pass rate on the training distribution",
  }),
  lever("another corpus", "Brandfonbrener et al. 2024 (arXiv 2411.12925)", {
    question: "Which loss would the same run reach on other data?",
    helper: "lossToLossLine, lossToLoss",
    response: "nats per token on the other corpus",
    publicRuns: true,
  }),
]);

function lever(
  name: Lever["lever"],
  source: string,
  row: Pick<Lever, "question" | "helper" | "response"> & Partial<Lever>,
): Lever {
  return Object.freeze({ lever: name, publicRuns: false, constants: "", source, ...row });
}
