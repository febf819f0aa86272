import { requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** A matrix product y = x·W with W of rows × columns. */
export interface WeightOnlyProduct {
  readonly rows: number;
  readonly columns: number;
  /** Tokens in the batch, the rows of x. */
  readonly batchSize: number;
  /** Bits of a stored weight, 4 for MARLIN. */
  readonly weightBits: number;
  /** Weights that share one 16-bit scale; 128 for MARLIN. */
  readonly groupSize: number;
}

/** The accelerator's two rates. */
export interface RooflineRates {
  readonly peakFlopsPerS: number;
  readonly memoryBytesPerS: number;
}

/**
 * Ideal speed-up of weight-only quantisation over 16-bit weights:
 * max(t_mem(16), t_comp) / max(t_mem(w + 16/g), t_comp), with t_mem = rows·columns·bits/8/bandwidth and
 * t_comp = 2·batch·rows·columns/peak. The product itself runs in 16 bits; activations are left out.
 *
 * At small batch it is 16/(w + 16/g) (3.88 for 4 bits in groups of 128); once computing takes longer than
 * reading 16-bit weights, 1.
 *
 * Source: Frantar et al. 2024, "MARLIN", section 3.
 *
 * @throws RangeError on sizes that are not positive
 * @example
 * import { weightOnlySpeedup } from "isoflop";
 * const product = { rows: 4096, columns: 4096, batchSize: 1, weightBits: 4, groupSize: 128 };
 * weightOnlySpeedup(product, { peakFlopsPerS: 125e12, memoryBytesPerS: 600e9 }).toFixed(2); // => "3.88"
 */
export function weightOnlySpeedup(product: WeightOnlyProduct, rates: RooflineRates): number {
  for (const [name, value] of Object.entries({ ...product, ...rates })) {
    requirePositive(name, value, "give the sizes and rates as counts, bits, FLOP/s and bytes/s");
  }
  const weights = product.rows * product.columns;
  const computing = (2 * product.batchSize * weights) / rates.peakFlopsPerS;
  const reading = (bits: number) => (weights * bits) / 8 / rates.memoryBytesPerS;
  const quantised = product.weightBits + 16 / product.groupSize;
  return Math.max(reading(16), computing) / Math.max(reading(quantised), computing);
}

/**
 * Batch size at which computing takes as long as reading the weights: peak·(bits/8)/(2·bandwidth). Below
 * it a product is bound by memory.
 *
 * @throws RangeError on a rate that is not positive
 * @example
 * import { breakEvenBatch } from "isoflop";
 * breakEvenBatch(16, { peakFlopsPerS: 125e12, memoryBytesPerS: 600e9 }).toFixed(0); // => "208"
 */
export function breakEvenBatch(weightBits: number, rates: RooflineRates): number {
  requirePositive("weightBits", weightBits, "give bits a weight, such as 4");
  requirePositive("peakFlopsPerS", rates.peakFlopsPerS, "give FLOP/s, such as 125e12");
  requirePositive("memoryBytesPerS", rates.memoryBytesPerS, "give bytes/s, such as 600e9");
  return (rates.peakFlopsPerS * (weightBits / 8)) / (2 * rates.memoryBytesPerS);
}
