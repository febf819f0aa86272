import { requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** Largest number of non-vocabulary parameters for which each width is used (Tao et al. 2024, Table 5). */
const widths: readonly (readonly [number, number])[] = [
  [50e6, 512],
  [200e6, 768],
  [500e6, 1024],
  [1e9, 1536],
  [2e9, 2048],
  [5e9, 3200],
  [10e9, 4096],
  [20e9, 5120],
  [50e9, 6048],
  [100e9, 8192],
  [200e9, 12288],
  [500e9, 16384],
];

/**
 * The width d that Tao et al. 2024 (Table 5) give a model of Nnv non-vocabulary parameters, a step function.
 *
 * @param nParamsNonVocab parameters outside the embedding, up to 500e9
 * @throws RangeError when not > 0, or above 500e9, where the table ends
 *
 * @example
 * import { embeddingWidth } from "isoflop";
 * embeddingWidth(70e9); // => 8192
 */
export function embeddingWidth(nParamsNonVocab: number): number {
  requirePositive("nParams", nParamsNonVocab, "give a count, such as 7e9");
  const row = widths.find(([limit]) => nParamsNonVocab <= limit);
  if (row === undefined) {
    throw new RangeError(
      `nParams must be <= 500e9 for the published table of widths, got ${nParamsNonVocab}; give dModel yourself`,
    );
  }
  return row[1];
}
