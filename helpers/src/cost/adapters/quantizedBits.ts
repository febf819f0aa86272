import { requireAbove, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * Bits of a weight quantised in blocks, scales included: b + 32/B with a float32 scale for each block of B weights, or
 * b + 8/B + 32/(B·256) with double quantisation, where the scales are 8 bits and blocks of 256 of them share one of 32.
 *
 * Source: Dettmers et al. 2023 (QLoRA, arXiv 2305.14314), section 3, which prints 0.5 and 0.127 bits for B = 64; read as
 * quoted by others, not in the paper itself.
 *
 * @throws RangeError on bits that are not > 0 or blocks that are not whole
 * @example
 * import { quantizedBits } from "isoflop";
 * quantizedBits(); // => 4.126953125
 * quantizedBits({ doubleQuantization: false }); // => 4.5
 */
export function quantizedBits(
  setting: {
    /** Default 4. */
    readonly bits?: number;
    /** Weights that share a scale. Default 64. */
    readonly blockSize?: number;
    /** Default true. */
    readonly doubleQuantization?: boolean;
  } = {},
): number {
  requireOptions("quantizedBits", setting, ["bits", "blockSize", "doubleQuantization"]);
  const { bits = 4, blockSize = 64, doubleQuantization = true } = setting;
  requireAbove("bits", bits, 0, "4 is usual");
  requireWhole("blockSize", blockSize, 1, "64 is usual");
  return bits + (doubleQuantization ? 8 / blockSize + 32 / (blockSize * 256) : 32 / blockSize);
}
