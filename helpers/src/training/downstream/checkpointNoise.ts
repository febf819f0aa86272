import { refusal, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { mean } from "../../numerics/mean.ts";
import { requireCheckpoints } from "./requireCheckpoints.ts";

/** How much a task moves between the last checkpoints of one run. */
export interface CheckpointNoise {
  /** Standard deviation of the loss, in bits per byte, and its share of the mean. */
  readonly lossSd: number;
  readonly lossRelativeSd: number;
  /** Standard deviation of the accuracy, and its share of the mean. */
  readonly accuracySd: number;
  readonly accuracyRelativeSd: number;
}

/**
 * How noisy a task is: the standard deviation of its loss and its accuracy over the last checkpoints of one run, where the
 * model hardly changes any more. No law predicts a single checkpoint better than that; before trusting a prediction hold its
 * error against this.
 *
 * The deviations are those of the checkpoints themselves (divided by their number, not by one less).
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 4 (SD of the last 10 checkpoints of 1B-10xC).
 *
 * @param checkpoints one run's, in order, not smoothed
 * @param options `last`: how many of them count, default 10
 * @throws RangeError when there are fewer checkpoints than `last`, a loss is not >= 0 or an accuracy not from 0 to 1
 *
 * @example
 * import { checkpointNoise } from "isoflop";
 * import { olmoLadderCheckpoints } from "isoflop-datasets";
 * const run = olmoLadderCheckpoints().filter((row) => row.run === "1B-10xC");
 * checkpointNoise(run.map((row) => ({ taskLoss: row.piqaLoss, accuracy: row.piqaAccuracy }))).accuracySd; // => 0.002365
 */
export function checkpointNoise(
  checkpoints: readonly { readonly taskLoss: number; readonly accuracy: number }[],
  options: { readonly last?: number } = {},
): CheckpointNoise {
  requireCheckpoints("checkpointNoise", checkpoints);
  requireOptions("checkpointNoise", options, ["last"]);
  const { last = 10 } = options;
  requireWhole("last", last, 2, "10 is usual");
  if (checkpoints.length < last) {
    throw refusal(
      "last",
      `must be at most the ${checkpoints.length} checkpoints given`,
      last,
      "give more of the run",
    );
  }
  const rows = checkpoints.slice(-last);
  const loss = spread(rows.map(({ taskLoss }) => taskLoss));
  const accuracy = spread(rows.map(({ accuracy: share }) => share));
  return {
    lossSd: loss.sd,
    lossRelativeSd: loss.sd / loss.middle,
    accuracySd: accuracy.sd,
    accuracyRelativeSd: accuracy.sd / accuracy.middle,
  };
}

function spread(values: readonly number[]): { middle: number; sd: number } {
  const middle = mean(values);
  return { middle, sd: Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) };
}
