import {
  repetitionCostRefit,
  repetitionCostReplicates,
  rStarReplicates,
} from "../../training/limitedData/rStarReplicates.ts";
import type { PlanSource } from "./PlanSource.ts";

/** Sizes, tokens and passes of the 182 runs behind the law of repetition. */
const runs = 182;
const fitted = {
  nParams: [7_098_752, 8_670_000_000],
  nTokens: [100_000_000, 900_000_000_000],
  uniqueTokens: [100_000_000, 178_000_000_000],
  epochs: [1, 9000],
} as const;

/**
 * What repeated tokens, and parameters beyond those that the unique tokens can fill, are worth. The estimate is of what
 * repetition costs the larger public runs. Half of the draws are of refits of it, half of refits of the losses with the law
 * of fresh data held, as the authors fit them: these hardly bound R_D* from above, and which of the two ways is right for
 * another corpus is not known.
 */
export function repetitionSource(): PlanSource {
  const { rStarTokens, rStarParams } = repetitionCostRefit.parameters;
  return {
    term: "repetition",
    law: repetitionCostRefit.law.tex,
    from: repetitionCostRefit.source,
    runs,
    fitted,
    names: ["rStarTokens", "rStarParams"],
    at: Float64Array.of(rStarTokens, rStarParams),
    draw(random) {
      const replicates = random.uniform() < 0.5 ? repetitionCostReplicates : rStarReplicates;
      const pair = replicates[random.below(replicates.length)]!;
      return Float64Array.of(pair.rStarTokens, pair.rStarParams);
    },
    notes: [
      "what repeats are worth was fitted to runs on another corpus (C4) than the loss; that both hold together is an assumption",
    ],
  };
}
