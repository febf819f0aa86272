import { formatCount } from "../format/formatCount.ts";
import { formatFlops } from "../format/formatFlops.ts";
import { formatNumber } from "../format/formatNumber.ts";
import type { Budget } from "./budget/trainingBudget.ts";
import type { SettledPlan } from "./model/settlePlan.ts";
import type { TrainingQuestion } from "./TrainingQuestion.ts";

/** Throws where what was asked leaves no model to train: less than a parameter or a token, or more than the memory holds. */
export function requireModel(
  { overTrain, memoryBytes }: TrainingQuestion,
  { flops }: Budget,
  { chosen, options }: SettledPlan,
): void {
  const { logN, logD, best } = chosen;
  const { logMostParams = Infinity } = options;
  const wanted = best.logN - Math.log(overTrain ?? 1) / 2;
  if (overTrain !== undefined && wanted > logMostParams + 1e-9) {
    throw new RangeError(
      `overTrain ${overTrain} asks for ${formatCount(Math.exp(wanted))} parameters a token sees, and memoryBytes ` +
        `${formatNumber(memoryBytes!)} holds ${formatCount(Math.exp(logMostParams))}; give more memory, or a factor of at least 1`,
    );
  }
  if (logN >= 0 && logD >= 0) return;
  throw new RangeError(
    `${formatFlops(flops.value)} FLOPs come to ${formatNumber(Math.exp(logN))} parameters and ${formatNumber(Math.exp(logD))} ` +
      "tokens, less than one; give a larger budget, or a factor of over-training nearer to 1",
  );
}
