import { refusal, requireAtLeast } from "../../numerics/arguments/requireNumber.ts";
/**
 * Experts that a batch of tokens reads in one layer, on average, if each token picks k of E at random:
 * E·(1 − (1 − k/E)^B). One token reads k; a large batch reads all, and so does B = Infinity.
 *
 * Counting k for every batch makes decoding of mixtures look too fast, counting E too slow. Routers prefer some experts: with a
 * skew s, the expert of rank r is picked in proportion to r^−s (a token picks it once at most), and fewer distinct ones are read.
 *
 * @throws RangeError unless 1 <= perToken <= nExperts, batchSize >= 0 and skew >= 0
 * @example
 * import { expectedDistinctExperts } from "isoflop";
 * expectedDistinctExperts({ nExperts: 8, perToken: 2, batchSize: 16 }).toFixed(1); // => "7.9"
 * expectedDistinctExperts({ nExperts: 8, perToken: 2, batchSize: 16, skew: 1 }).toFixed(1); // => "7.4"
 */
export function expectedDistinctExperts(routing: {
  readonly nExperts: number;
  readonly perToken: number;
  readonly batchSize: number;
  /** Exponent of the preference for some experts; default 0, all alike. */
  readonly skew?: number;
}): number {
  const { nExperts, perToken, batchSize, skew = 0 } = routing;
  if (!(perToken >= 1 && perToken <= nExperts)) {
    const wanted = `must lie between 1 and nExperts ${nExperts}`;
    throw refusal("perToken", wanted, perToken, "a token picks one expert at least, all at most");
  }
  if (batchSize !== Infinity) requireAtLeast("batchSize", batchSize, 0, "give the tokens of the step");
  if (skew === 0) return nExperts * (1 - (1 - perToken / nExperts) ** batchSize);
  requireAtLeast("skew", skew, 0, "0 is even routing, 1 a strong preference");
  let distinct = 0;
  for (const share of pickShares(nExperts, perToken, skew)) distinct += 1 - (1 - share) ** batchSize;
  return distinct;
}

const known = new Map<string, Float64Array>();

/** Share of tokens that pick each expert: in proportion to r^−skew, no more than all tokens, perToken together. */
function pickShares(nExperts: number, perToken: number, skew: number): Float64Array {
  const key = `${nExperts} ${perToken} ${skew}`;
  let shares = known.get(key);
  if (shares) return shares;
  const weights = Float64Array.from({ length: nExperts }, (_, r) => (r + 1) ** -skew);
  shares = new Float64Array(nExperts);
  // Experts that every token picks have share 1; the rest divide what is left.
  let full = 0;
  for (;;) {
    let rest = 0;
    for (let r = full; r < nExperts; r++) rest += weights[r]!;
    const scale = (perToken - full) / rest;
    if (full < perToken && weights[full]! * scale > 1) {
      shares[full++] = 1;
      continue;
    }
    for (let r = full; r < nExperts; r++) shares[r] = weights[r]! * scale;
    break;
  }
  known.set(key, shares);
  return shares;
}
