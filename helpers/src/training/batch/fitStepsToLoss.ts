import { fit } from "../../fit/fit.ts";
import { squared } from "../../fit/losses/squared.ts";
import { powerLaw } from "../../laws/power/powerLaw.ts";
import { requireLevel, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";

/** The batch up to which steps fall in proportion, and how much more is too much. */
export interface StepsToLossOptions {
  /** Batch from which steps are reckoned in proportion, for `overheadBatch`; in the unit of the runs. Default: the smallest. */
  readonly linearTo?: number;
  /** Steps beyond those in proportion, as a share. Default .2, as Zhang et al. 2024. */
  readonly overhead?: number;
  /** Of the interval of `criticalBatch`. Default .95. */
  readonly level?: number;
}

/** What steps to one loss at several batches say. */
export interface StepsToLossFit {
  /** Steps that an endless batch takes. */
  readonly leastSteps: number;
  /** Examples that the smallest batches take, in the batch's unit. */
  readonly leastExamples: number;
  /** leastExamples / leastSteps: twice the least of both. In the batch's unit. */
  readonly criticalBatch: number;
  /** By the delta method on its logarithm, with Student's t. */
  readonly interval: readonly [number, number];
  /** Where steps exceed those in proportion from `linearTo` by `overhead`: `(1 + overhead) linearTo + overhead criticalBatch`. */
  readonly overheadBatch: number;
  /** Standard deviation of ln steps about the curve. */
  readonly residualSd: number;
}

const steps = powerLaw("batch", { response: "steps" });

/**
 * The critical batch of runs that reached one loss at different batches: `S = Smin + Emin / B` by least squares on ln S.
 *
 * Source: the curve of McCandlish et al. 2018 (arXiv:1812.06162), equation 2.11, fitted as Zhang et al. 2024
 * (arXiv:2410.21676) do with the exponent held at 1; their critical batch is `overheadBatch` with `linearTo` 256
 * sequences.
 *
 * @param runs batch and steps to the loss, three at least; the learning rate is taken to be the best at each
 * @throws RangeError when a number is not > 0, there are fewer than three runs, or all have one batch
 *
 * @example
 * import { fitStepsToLoss } from "isoflop";
 * const runs = [64, 256, 1024, 4096].map((batch) => ({ batch, steps: 2000 + 4e6 / batch }));
 * const found = fitStepsToLoss(runs, { linearTo: 256 });
 * found.criticalBatch; // => 2000
 * found.overheadBatch; // => 707.2
 */
export function fitStepsToLoss(
  runs: readonly { readonly batch: number; readonly steps: number }[],
  options: StepsToLossOptions = {},
): StepsToLossFit {
  requireRows("fitStepsToLoss", runs);
  requireOptions("fitStepsToLoss", options, ["linearTo", "overhead", "level"]);
  if (runs.length < 3) {
    throw new RangeError(`fitStepsToLoss needs three batches at least, got ${runs.length}; add runs`);
  }
  runs.forEach((run, row) => {
    requirePositive("batch", run.batch, { in: `row ${row}` });
    requirePositive("steps", run.steps, { in: `row ${row}` });
  });
  if (runs.every(({ batch }) => batch === runs[0]!.batch)) {
    throw new RangeError(
      `fitStepsToLoss needs different batches, got ${runs[0]!.batch} in every run; add runs`,
    );
  }
  const { linearTo = Math.min(...runs.map(({ batch }) => batch)), overhead = 0.2, level = 0.95 } = options;
  requirePositive("linearTo", linearTo, "give it in the unit of the batches");
  requirePositive("overhead", overhead, "give a share, such as 0.2 for 20 %");
  requireLevel(level);
  const found = fit(steps, runs, { fixed: { alpha: 1 }, loss: squared() });
  const { E, A } = found.parameters;
  // Of its logarithm, so that the interval stays positive; where the runs show no bend there is no end above.
  const bends = E > 0 && runs.length > 3;
  const [low, high] = bends
    ? found.interval((p) => Math.log(p.A / p.E), { level, kind: "hessian" })
    : [-Infinity, Infinity];
  const residuals = found.residuals();
  return {
    leastSteps: E,
    leastExamples: A,
    criticalBatch: A / E,
    interval: [Math.exp(low), Math.exp(high)],
    overheadBatch: (1 + overhead) * linearTo + (overhead * A) / E,
    residualSd: Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / (runs.length - 2)),
  };
}
