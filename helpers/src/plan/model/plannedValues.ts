import type { TrainingQuestion } from "../TrainingQuestion.ts";
import type { SettledPlan } from "./settlePlan.ts";

/** What a plan asks of its laws, by the names of their variables. */
export function plannedValues(
  question: TrainingQuestion,
  { chosen, model }: SettledPlan,
): Readonly<Record<string, number | undefined>> {
  const { logN, logD } = chosen;
  const { uniqueTokens } = question;
  return {
    ...model.given,
    nParams: Math.exp(logN),
    nTokens: Math.exp(logD),
    flops: 6 * Math.exp(logN + logD),
    tokenMultiplier: Math.exp(logD - logN),
    tokensPerParam: Math.exp(logD - logN),
    ...(uniqueTokens !== undefined && { uniqueTokens, epochs: Math.max(Math.exp(logD) / uniqueTokens, 1) }),
    ...(model.experts !== undefined && { experts: model.experts }),
  };
}
