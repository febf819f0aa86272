import { percentileInterval } from "../../numerics/percentileInterval.ts";
import type { Constants } from "../model/PlanModel.ts";
import type { PlanTerm } from "../TrainingPlan.ts";
import type { PlanSource } from "./PlanSource.ts";

/** The laws of a plan, with the constants they were drawn from. */
export function planTerms(
  sources: readonly PlanSource[],
  drawn: readonly Constants[] | undefined,
): PlanTerm[] {
  return sources.map(({ term, law, from, runs, fitted, names, at, draw }) => ({
    term,
    law,
    from,
    ...(runs !== undefined && { runs }),
    fitted,
    constants: Object.fromEntries(
      names.map((name, j) => {
        const draws = draw && drawn ? drawn.map((constants) => constants[term]![j]!) : undefined;
        return [name, { value: at[j]!, ...(draws && { interval: percentileInterval(draws) }) }];
      }),
    ),
  }));
}
