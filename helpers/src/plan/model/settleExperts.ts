import type { TrainingQuestion } from "../TrainingQuestion.ts";
import { expertCandidates } from "../TrainingQuestion.ts";
import type { SettledPlan } from "./settlePlan.ts";
import { totalPerActive } from "./totalParams.ts";

/**
 * The plan of the number of experts with the least loss at the same training compute, among those whose weights fit the
 * memory.
 *
 * @param settle the plan for so many experts and, where memory ends, ln of the most parameters a token may see
 */
export function settleExperts(
  question: TrainingQuestion,
  settle: (experts: number, logMostParams: number | undefined) => SettledPlan | undefined,
): SettledPlan | undefined {
  const { memoryBytes, bytesPerParam = 2 } = question;
  let best: SettledPlan | undefined;
  for (const experts of expertCandidates(question)) {
    const most =
      memoryBytes === undefined ? undefined : memoryBytes / bytesPerParam / totalPerActive(experts);
    const settled = settle(experts, most === undefined ? undefined : Math.log(most));
    if (settled && !(settled.chosen.best.loss >= (best?.chosen.best.loss ?? Infinity))) best = settled;
  }
  return best;
}
