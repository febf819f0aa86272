import { clarkRefit, clarkReplicates } from "../../training/experts/clarkReplicates.ts";
import { routedRuns } from "../../training/experts/routedRuns.ts";
import type { PlanSource } from "./PlanSource.ts";

const names = ["a", "b", "c", "d", "start", "max"] as const;

/** Which dense model so many experts are worth, by Clark's law, drawn from refits. */
export function expertsSource(): PlanSource {
  return {
    term: "experts",
    law: clarkRefit.law.tex,
    from: clarkRefit.source,
    runs: 58,
    fitted: {
      nParams: routedRuns.nParams,
      experts: routedRuns.experts,
      nTokens: [routedRuns.nTokens, routedRuns.nTokens],
    },
    names,
    at: Float64Array.from(names, (name) => clarkRefit.parameters[name]),
    draw(random) {
      const replicates = clarkReplicates();
      const constants = replicates[random.below(replicates.length)]!;
      return Float64Array.from(names, (name) => constants[name]);
    },
    notes: [
      "every run behind the gain of experts saw 130B tokens; that it holds for other tokens, and beside the law of the loss, was never measured",
    ],
  };
}
