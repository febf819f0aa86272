import { clarkFlooredRefit, clarkFlooredReplicates } from "../../training/experts/clarkFlooredReplicates.ts";
import { clarkReplicates } from "../../training/experts/clarkReplicates.ts";
import { routedRuns } from "../../training/experts/routedRuns.ts";
import type { PlanSource } from "./PlanSource.ts";

const names = ["a", "b", "c", "d", "start", "max"] as const;

/**
 * Which dense model so many experts are worth, by Clark's law with a floor, which fits the runs better; drawn from refits of it
 * and, as often, of the law without one, since neither extrapolates surely in size.
 */
export function expertsSource(): PlanSource {
  return {
    term: "experts",
    law: clarkFlooredRefit.law.tex,
    from: clarkFlooredRefit.source,
    runs: 58,
    fitted: {
      nParams: routedRuns.nParams,
      experts: routedRuns.experts,
      nTokens: [routedRuns.nTokens, routedRuns.nTokens],
    },
    names,
    at: Float64Array.from(names, (name) => clarkFlooredRefit.parameters[name]),
    draw(random) {
      // Which of the two forms holds is not known, and they differ more than either's constants.
      const replicates = random.uniform() < 0.5 ? clarkFlooredReplicates() : clarkReplicates();
      const constants = replicates[random.below(replicates.length)]!;
      return Float64Array.from(names, (name) => constants[name]);
    },
    notes: [
      "half of the draws are of Clark's law with a floor, half without: the first fits its runs better, and neither foretells larger ones surely",
      "every run behind the gain of experts saw 130B tokens; that it holds for other tokens, and beside the law of the loss, was never measured",
    ],
  };
}
