import type { Fit } from "../../fit/FitResult.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";

/**
 * Says in words why a fit of accuracy straight by size and data says nothing of a larger run; undefined where it does say
 * something. It says nothing where the runs leave its seven constants open, and where the 95 % interval of its own value there
 * is as wide as all that the fitted runs differ.
 *
 * @param step a fit of `singleStepAccuracy`
 * @param point the run that it shall predict
 * @throws TypeError when step is another law's fit
 * @throws RangeError when nParams or nTokens is not a number > 0
 *
 * @example
 * import { fit, huber, singleStepAccuracy, singleStepNote } from "isoflop";
 * import { olmoLadderRuns } from "isoflop-datasets";
 * const runs = olmoLadderRuns().filter((row) => row.task === "csqa" && row.role === "ladder");
 * const single = fit(singleStepAccuracy, runs, { loss: huber(1e-3) });
 * singleStepNote(single, { nParams: 13.2e9, nTokens: 5e12 })?.startsWith("degenerate"); // => true
 */
export function singleStepNote(
  step: Fit<"nParams" | "nTokens", string, "accuracy">,
  point: { readonly nParams: number; readonly nTokens: number },
): string | undefined {
  if (step?.law?.name !== "singleStepAccuracy") {
    throw new TypeError(
      `singleStepNote needs a fit of singleStepAccuracy, got ${describeGiven(step?.law?.name ?? step)}; such as fit(singleStepAccuracy, runs)`,
    );
  }
  requirePositive("nParams", point?.nParams, "give the model's parameters, such as 7e9");
  requirePositive("nTokens", point.nTokens, "give the training tokens, such as 4e12");
  if (step.status === "not-identified") {
    return `not identified: ${step.reason}`;
  }
  const [low, high] = step.predictionInterval(point);
  const rise = Math.max(...step.table.y) - Math.min(...step.table.y);
  if (high - low < rise) return undefined;
  const [from, to] = [low, high].map((end) => end.toFixed(2));
  return `degenerate: its value there lies between ${from} and ${to}, and the ${step.n} runs themselves differ by ${rise.toFixed(2)} only; use two steps`;
}
