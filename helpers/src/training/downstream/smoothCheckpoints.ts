import { requireFraction, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { mean } from "../../numerics/mean.ts";
import { requireCheckpoints } from "./requireCheckpoints.ts";

/** What a checkpoint says of a task. */
export interface Checkpoint {
  /** The run it belongs to. */
  readonly run: string;
  /** Loss on the task's right answers, in bits per byte. */
  readonly taskLoss: number;
  /** Share of questions answered rightly, 0 to 1. */
  readonly accuracy: number;
}

/** How checkpoints are made smooth. */
export interface SmoothingOptions {
  /** Share of each run's checkpoints that is left out at its beginning, rounded up to whole ones. Default .1. */
  readonly skip?: number;
  /** How many checkpoints a mean takes: one and those before it, as far as there are any. Default 5. */
  readonly window?: number;
}

/**
 * Loss and accuracy of a task along training runs as the second step is fitted to them: of every run the first checkpoints are
 * left out, and what stays becomes the mean of a checkpoint and the four before it. Runs keep their order, and so do the
 * checkpoints of a run.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 2; the order (skip, then average, the first means shorter) is that of
 * allenai/OLMo-ladder `src/scaling/utils.py`.
 *
 * @throws RangeError when a loss is not >= 0, an accuracy not from 0 to 1, skip is no share or window no whole number >= 1
 *
 * @example
 * import { smoothCheckpoints } from "isoflop";
 * const points = [3, 2, 1].map((taskLoss) => ({ run: "a", taskLoss, accuracy: 1 / taskLoss }));
 * smoothCheckpoints(points, { skip: 0, window: 2 }).map((point) => point.taskLoss); // => [3, 2.5, 1.5]
 */
export function smoothCheckpoints(
  checkpoints: readonly Checkpoint[],
  options: SmoothingOptions = {},
): Checkpoint[] {
  requireCheckpoints("smoothCheckpoints", checkpoints);
  requireOptions("smoothCheckpoints", options, ["skip", "window"]);
  const { skip = 0.1, window = 5 } = options;
  requireFraction("skip", skip);
  requireWhole("window", window, 1, "5 is usual");
  return checkpointsByRun(checkpoints).flatMap((rows) => {
    const kept = rows.slice(Math.ceil(skip * rows.length));
    return kept.map(({ run }, i) => {
      const near = kept.slice(Math.max(0, i - window + 1), i + 1);
      return {
        run,
        taskLoss: mean(near.map(({ taskLoss }) => taskLoss)),
        accuracy: mean(near.map(({ accuracy }) => accuracy)),
      };
    });
  });
}

/** The checkpoints of each run, runs in the order in which they appear. */
function checkpointsByRun<C extends { readonly run: string }>(checkpoints: readonly C[]): C[][] {
  const runs = new Map<string, C[]>();
  for (const checkpoint of checkpoints) {
    const rows = runs.get(checkpoint.run);
    if (rows) rows.push(checkpoint);
    else runs.set(checkpoint.run, [checkpoint]);
  }
  return [...runs.values()];
}
