import type { TokenSource } from "./repetition.ts";
import type { SettledPlan } from "./settlePlan.ts";

/** What a plan asks of its laws, by the names of their variables. */
export function plannedValues({ chosen, model }: SettledPlan): Readonly<Record<string, number | undefined>> {
  const { logN, logD } = chosen;
  const nTokens = Math.exp(logD);
  const { seen, epochs } = passes(model.tokenSources ?? [], nTokens);
  return {
    ...model.given,
    nParams: Math.exp(logN),
    nTokens,
    flops: 6 * Math.exp(logN + logD),
    tokenMultiplier: Math.exp(logD - logN),
    tokensPerParam: Math.exp(logD - logN),
    // Tokens of which none is seen twice ask nothing of a law of repetition.
    ...(epochs > 1 && { uniqueTokens: seen, epochs }),
    ...(model.experts !== undefined && { experts: model.experts }),
  };
}

/** The different tokens that a run sees, and how often it sees those of the source that repeats most. */
function passes(sources: readonly TokenSource[], nTokens: number): { seen: number; epochs: number } {
  let seen = 0;
  let epochs = 1;
  for (const { share, unique } of sources) {
    seen += Math.min(share * nTokens, unique);
    epochs = Math.max(epochs, (share * nTokens) / unique);
  }
  return { seen, epochs };
}
