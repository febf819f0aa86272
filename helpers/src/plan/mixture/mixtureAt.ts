import { ownNumber } from "../../numerics/arguments/ownNumber.ts";
import { type OptimalMixtureOptions, optimalMixture } from "../../training/mixtures/optimalMixture.ts";
import { renormaliseShares } from "../../training/mixtures/renormaliseShares.ts";
import type { TokenSource } from "../model/repetition.ts";
import type { PlanMixture } from "./PlanMixture.ts";

/** Epochs up to which repeated tokens are nearly as good as fresh ones (Muennighoff et al. 2023, section 6). */
export const usualEpochs = 4;

/** A mixture settled for a run. */
export interface SettledMixture {
  readonly shares: Readonly<Record<string, number>>;
  readonly tokenSources: readonly TokenSource[];
  /** Weighted mean of the response's losses, where a response found the shares. */
  readonly value?: number;
  readonly atBound: readonly string[];
  readonly maxEpochs?: number;
}

/** The mixture of a run of so many parameters and tokens: the shares given, or the best ones that the supply allows. */
export function mixtureAt(
  mixture: PlanMixture,
  run: { readonly nParams: number; readonly nTokens: number },
): SettledMixture {
  const { response, supply, shares } = mixture;
  const sourcesOf = (found: Readonly<Record<string, number>>) =>
    // A source without a share has no supply to offer.
    Object.entries(found)
      .filter(([, share]) => share > 0)
      .map(([name, share]) => ({ share, unique: ownNumber(supply, name) ?? Infinity }));
  if (!response) {
    const settled = renormaliseShares(shares!);
    return { shares: settled, tokenSources: sourcesOf(settled), atBound: [] };
  }
  const options = mixtureOptions(mixture, run);
  const best = optimalMixture(response, options);
  return {
    shares: best.shares,
    tokenSources: sourcesOf(best.shares),
    value: best.value,
    atBound: best.atBound,
    maxEpochs: options.maxEpochs as number,
  };
}

/** What the best mixture is asked with: a source may be seen four times, or as often as it takes to fill the run. */
export function mixtureOptions(
  { response, supply, weights, lower, upper, maxEpochs }: PlanMixture,
  run: { readonly nParams: number; readonly nTokens: number },
): OptimalMixtureOptions {
  const all = response!.sources.reduce((sum, name) => sum + (ownNumber(supply, name) ?? Infinity), 0);
  const needed = (1.01 * run.nTokens) / all;
  return {
    ...run,
    supply,
    ...(weights && { weights }),
    ...(lower && { lower }),
    ...(upper && { upper }),
    maxEpochs: maxEpochs ?? Math.max(usualEpochs, needed),
  };
}
