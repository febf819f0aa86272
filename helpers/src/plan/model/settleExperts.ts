import type { TrainingQuestion } from "../TrainingQuestion.ts";
import { expertCandidates } from "../TrainingQuestion.ts";
import type { SettledPlan } from "./settlePlan.ts";
import { totalPerActive } from "./totalParams.ts";

/**
 * The plan of the number of experts with the least loss at the same training compute, among those whose weights fit the
 * memory.
 *
 * @throws RangeError where the memory holds not one parameter of any
 * @param settle the plan for so many experts and, where memory ends, ln of the most parameters a token may see
 */
export function settleExperts(
  question: TrainingQuestion,
  settle: (experts: number, logMostParams: number | undefined) => SettledPlan | undefined,
): SettledPlan | undefined {
  const { memoryBytes, bytesPerParam = 2 } = question;
  let best: SettledPlan | undefined;
  let isHeld = false;
  for (const experts of expertCandidates(question)) {
    const most =
      memoryBytes === undefined ? undefined : memoryBytes / bytesPerParam / totalPerActive(experts);
    if (most !== undefined && most < 1) continue;
    isHeld = true;
    const settled = settle(experts, most === undefined ? undefined : Math.log(most));
    if (settled && !(settled.chosen.loss >= (best?.chosen.loss ?? Infinity))) best = settled;
  }
  if (!isHeld) {
    throw new RangeError(
      `memoryBytes must hold at least one parameter of ${bytesPerParam} bytes, got ${memoryBytes}; give bytes, such as 640e9`,
    );
  }
  return best;
}
