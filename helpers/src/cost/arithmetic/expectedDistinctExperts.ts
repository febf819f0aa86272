import { refusal, requireAtLeast } from "../../numerics/arguments/requireNumber.ts";
/**
 * Experts that a batch of tokens reads in one layer, on average, if each token picks k of E at random:
 * E·(1 − (1 − k/E)^B). One token reads k; a large batch reads all, and so does B = Infinity.
 *
 * Counting k for every batch makes decoding of mixtures look too fast, counting E too slow.
 *
 * @throws RangeError unless 1 <= perToken <= nExperts and batchSize >= 0
 * @example
 * import { expectedDistinctExperts } from "isoflop";
 * expectedDistinctExperts({ nExperts: 8, perToken: 2, batchSize: 16 }).toFixed(1); // => "7.9"
 */
export function expectedDistinctExperts(routing: {
  readonly nExperts: number;
  readonly perToken: number;
  readonly batchSize: number;
}): number {
  const { nExperts, perToken, batchSize } = routing;
  if (!(perToken >= 1 && perToken <= nExperts)) {
    const wanted = `must lie between 1 and nExperts ${nExperts}`;
    throw refusal("perToken", wanted, perToken, "a token picks one expert at least, all at most");
  }
  if (batchSize !== Infinity) requireAtLeast("batchSize", batchSize, 0, "give the tokens of the step");
  return nExperts * (1 - (1 - perToken / nExperts) ** batchSize);
}
