import { requireAbove, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";

/**
 * US dollars for a million output tokens: accelerators·usdPerHour/3600/tokensPerS·10⁶.
 *
 * @throws RangeError unless tokensPerS and the number of accelerators are positive and the price is not negative
 * @example
 * import { usdPerMillionTokens } from "isoflop";
 * usdPerMillionTokens({ tokensPerS: 1000, accelerators: 1, usdPerHour: 3.6 }); // => 1
 */
export function usdPerMillionTokens(serving: {
  readonly tokensPerS: number;
  readonly accelerators: number;
  readonly usdPerHour: number;
}): number {
  const { tokensPerS, accelerators, usdPerHour } = serving;
  requireAbove("tokensPerS", tokensPerS, 0, "give the tokens of all sequences in a second");
  requireAbove("accelerators", accelerators, 0, "give how many serve together");
  requireNonNegative("usdPerHour", usdPerHour, "give the rent of one accelerator");
  return ((accelerators * usdPerHour) / 3600 / tokensPerS) * 1e6;
}
