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
  /** Where constants come from; empty where none were read at their source. */
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
export const levers: readonly Lever[] = Object.freeze(
  [
    {
      lever: "bits",
      question: "At how many bits is a training budget spent best, and what does quantising afterwards cost?",
      helper: "optimalPrecision, precisionAllocation, quantisationPenalty, tokensUntilHarm",
      response: "nats per token on Dolma",
      publicRuns: false,
      constants: "kumar2024",
      source: "Kumar et al. 2024 (arXiv 2411.04330)",
    },
    {
      lever: "teacher",
      question: "What does a student reach that imitates a teacher, and what does that cost?",
      helper: "distilledLoss, bestTeacher, distillationFlops",
      response: "nats per token on C4",
      publicRuns: false,
      constants: "busbridge2025",
      source: "Busbridge et al. 2025 (arXiv 2502.08606)",
    },
    {
      lever: "pre-training",
      question: "How much fine-tuning data is pre-training worth?",
      helper: "transferWorth, transferredData",
      response: "characters of the target",
      publicRuns: false,
      constants: "",
      source: "Hernandez et al. 2021 (arXiv 2102.01293)",
    },
    {
      lever: "streams",
      question: "How many parameters are parallel streams worth?",
      helper: "parallelLoss, streamsWorth",
      response: "nats per token on code or Pile, at one number of tokens",
      publicRuns: true,
      constants: "fit the published losses; the table has no licence",
      source: "Chen et al. 2025 (ParScale, arXiv 2505.10475)",
    },
    {
      lever: "reinforcement learning",
      question: "Which reward do so many hours reach?",
      helper: "rlReward, computeForReward, saturatingLogistic",
      response: "pass rate on the training distribution",
      publicRuns: false,
      constants: "",
      source: "Khatri et al. 2025 (ScaleRL, arXiv 2510.13786)",
    },
    {
      lever: "another corpus",
      question: "Which loss would the same run reach on other data?",
      helper: "lossToLossLine, lossToLoss",
      response: "nats per token on the other corpus",
      publicRuns: true,
      constants: "fit the published losses; the table has no licence",
      source: "Brandfonbrener et al. 2024 (arXiv 2411.12925)",
    },
  ].map((row) => Object.freeze(row as Lever)),
);
