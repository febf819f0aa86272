import type { Fit } from "../../fit/FitResult.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { Chain } from "./ChainResult.ts";
import type { FirstStep } from "./ChainStep.ts";
import type { LossToAccuracyFit } from "./fitLossToAccuracy.ts";

/**
 * Two steps as one: the loss of a task by size and data, then accuracy by that loss, with the uncertainty of both carried to the
 * accuracy.
 *
 * The accuracy's derivative by a constant of the first step is the product of both slopes, so its variance is
 * `(d acc / d L)^2 Var(L) + Var(acc given L)`; the two steps' errors count as independent. `interval` is that delta method,
 * `bootstrap` refits both steps and follows the bend.
 *
 * Source: Bhagia et al. 2024 (arXiv 2412.04403), section 3.3 (chained prediction); they give no interval for it.
 *
 * @param step1 a fit of `taskLoss`, or of another law whose response is called `taskLoss`
 * @param step2 what `fitLossToAccuracy` returns
 * @throws TypeError when a step predicts or reads something else
 *
 * @example
 * import { chain, fit, fitLossToAccuracy, smoothCheckpoints, taskLoss } from "isoflop";
 * import { olmoLadderCheckpoints, olmoLadderRuns } from "isoflop-datasets";
 * const runs = olmoLadderRuns().filter((row) => row.task === "hellaswag" && row.role === "ladder");
 * const checkpoints = olmoLadderCheckpoints().map((row) => ({
 *   run: row.run,
 *   taskLoss: row.hellaswagLoss,
 *   accuracy: row.hellaswagAccuracy,
 * }));
 * const hellaswag = chain(fit(taskLoss, runs), fitLossToAccuracy(smoothCheckpoints(checkpoints)));
 * const at13B = { nParams: 13.2e9, nTokens: 5e12 };
 * const [low, high] = hellaswag.interval(at13B);
 * low < hellaswag.predict(at13B) && hellaswag.predict(at13B) < high; // => true
 */
export function chain<V extends string, P extends string>(
  step1: Fit<V, P, "taskLoss">,
  step2: LossToAccuracyFit,
): Chain<V> {
  if (step1?.law?.response?.name !== "taskLoss") {
    throw new TypeError(
      `step1 must be a fit whose response is taskLoss, got ${describeGiven(step1?.law?.response?.name ?? step1)}; such as fit(taskLoss, runs)`,
    );
  }
  if (step2?.fit?.law?.name !== "lossToAccuracy" || !Array.isArray(step2.runs)) {
    throw new TypeError(
      `step2 must be what fitLossToAccuracy returns, got ${describeGiven(step2)}; give it the whole result, { fit, runs }`,
    );
  }
  return new Chain<V>(step1 as unknown as FirstStep<V>, step2.fit, step2.runs);
}
