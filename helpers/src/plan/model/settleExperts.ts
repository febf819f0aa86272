import type { TrainingQuestion } from "../TrainingQuestion.ts";
import { expertCandidates } from "../TrainingQuestion.ts";
import type { SettledPlan } from "./settlePlan.ts";
import { totalPerActive } from "./totalParams.ts";

/** A plan with the number of experts that was chosen for it. */
export interface SettledExperts {
  readonly settled: SettledPlan;
  /** Candidates with less loss that are too far from the runs of their laws. */
  readonly passedOver: readonly number[];
}

/**
 * The plan of the number of experts with the least loss at the same training compute, among those whose weights fit the
 * memory; one that is too far from the runs of its laws only where all are.
 *
 * @throws RangeError where the memory holds not one parameter of any
 * @param settle the plan for so many experts and, where memory ends, ln of the most parameters a token may see
 * @param isFar whether laws that were never measured together are asked too far for a plan
 */
export function settleExperts(
  question: TrainingQuestion,
  settle: (experts: number, logMostParams: number | undefined) => SettledPlan | undefined,
  isFar: (settled: SettledPlan) => boolean,
): SettledExperts | undefined {
  const { memoryBytes, bytesPerParam = 2 } = question;
  const found: { readonly experts: number; readonly settled: SettledPlan }[] = [];
  let isHeld = false;
  for (const experts of expertCandidates(question)) {
    const most =
      memoryBytes === undefined ? undefined : memoryBytes / bytesPerParam / totalPerActive(experts);
    if (most !== undefined && most < 1) continue;
    isHeld = true;
    const settled = settle(experts, most === undefined ? undefined : Math.log(most));
    if (settled) found.push({ experts, settled });
  }
  if (!isHeld) {
    throw new RangeError(
      `memoryBytes must hold at least one parameter of ${bytesPerParam} bytes, got ${memoryBytes}; give bytes, such as 640e9`,
    );
  }
  found.sort((a, b) => a.settled.chosen.loss - b.settled.chosen.loss);
  const [first] = found;
  if (!first) return undefined;
  const near = found.findIndex(({ settled }) => !isFar(settled));
  if (near < 1) return { settled: first.settled, passedOver: [] };
  return { settled: found[near]!.settled, passedOver: found.slice(0, near).map(({ experts }) => experts) };
}
