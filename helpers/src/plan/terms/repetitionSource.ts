import { muennighoffRefit, rStarReplicates } from "../../training/limitedData/rStarReplicates.ts";
import type { PlanSource } from "./PlanSource.ts";

/** Sizes, tokens and passes of the 182 runs behind the law of repetition. */
const runs = 182;
const fitted = {
  nParams: [7_098_752, 8_670_000_000],
  nTokens: [100_000_000, 900_000_000_000],
  uniqueTokens: [100_000_000, 178_000_000_000],
  epochs: [1, 9000],
} as const;

/** What repeated tokens, and parameters beyond those that the unique tokens can fill, are worth; drawn from refits. */
export function repetitionSource(): PlanSource {
  const { rStarTokens, rStarParams } = muennighoffRefit.parameters;
  return {
    term: "repetition",
    law: muennighoffRefit.law.tex,
    from: muennighoffRefit.source,
    runs,
    fitted,
    names: ["rStarTokens", "rStarParams"],
    at: Float64Array.of(rStarTokens, rStarParams),
    draw(random) {
      const pair = rStarReplicates[random.below(rStarReplicates.length)]!;
      return Float64Array.of(pair.rStarTokens, pair.rStarParams);
    },
    notes: [
      "what repeats are worth was fitted with the constants of other runs (C4) than those of the loss; that both hold together is an assumption",
    ],
  };
}
