import { refusal } from "../../numerics/arguments/requireNumber.ts";

/**
 * What a number of training tokens of one source is worth when it holds `uniqueTokens` of them: tokens that, seen once,
 * would teach as much. In between `uniqueTokens` and `nTokens` when it repeats, `nTokens` when it does not.
 */
export type RepetitionLaw = (uniqueTokens: number, nTokens: number, source: string) => number;

/** A mixture as it counts once repeated tokens are discounted. */
interface EffectiveMixture {
  /** Shares of the effective tokens, in the order of the sources. */
  readonly shares: Float64Array;
  /** All effective tokens. */
  nTokens: number;
}

/**
 * Writes to `into` the mixture that the model in effect learns from: each source's tokens replaced by what they are worth,
 * `D'_i = worth(U_i, h_i D)`, the shares `D'_i / sum D'` and the total `sum D'`.
 *
 * That the two laws may be put together so is an assumption: no published runs vary mixture and repetition at once.
 */
export function effectiveMixture(
  shares: Readonly<Float64Array>,
  nTokens: number,
  supply: Readonly<Float64Array>,
  worth: RepetitionLaw,
  sources: readonly string[],
  into: EffectiveMixture,
): void {
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    const own = shares[i]! * nTokens;
    const counted = own > supply[i]! ? worth(supply[i]!, own, sources[i]!) : own;
    if (!(counted >= 0 && counted < Infinity)) {
      throw refusal(
        `effectiveTokens of ${sources[i]}`,
        "must be a finite number >= 0",
        counted,
        `mend what it gives for ${supply[i]} unique tokens and ${own} in all`,
      );
    }
    into.shares[i] = counted;
    total += counted;
  }
  for (let i = 0; i < shares.length; i++) into.shares[i]! /= total;
  into.nTokens = total;
}
