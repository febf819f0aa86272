import { requireAbove, requireEfficiency, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * Bits a value of an update of which a share k is kept as a sign and the rest as 0: its entropy
 * H(k) = −(1 − k)·log₂(1 − k) − k·log₂(k/2), the least that a code without loss can need.
 *
 * Source: Yadav et al. 2023 (ComPEFT, arXiv 2311.13171).
 *
 * @param density k, above 0 and at most 1
 * @throws RangeError on a density outside
 * @example
 * import { ternaryUpdateBits } from "isoflop";
 * ternaryUpdateBits(0.5); // => 1.5
 */
export function ternaryUpdateBits(density: number): number {
  requireEfficiency("density", density);
  const zero = density === 1 ? 0 : (1 - density) * Math.log2(1 - density);
  return -zero - density * Math.log2(density / 2);
}

/**
 * Size of a ternary update in bytes, and how many times smaller it is than the values it stands for: params·H(k)/8 and
 * one scale of 16 bits for each tensor.
 *
 * @throws RangeError on parameters or bits that are not > 0, or a density outside (0, 1]
 * @example
 * import { ternaryUpdateSize } from "isoflop";
 * ternaryUpdateSize({ params: 1e9, density: 0.05 }).ratio.toFixed(1); // => "47.6"
 */
export function ternaryUpdateSize(setting: {
  readonly params: number;
  readonly density: number;
  /** Bits of a value before. Default 16. */
  readonly bits?: number;
  /** Tensors with a scale each. Default 1. */
  readonly tensors?: number;
}): { readonly bytes: number; readonly ratio: number } {
  requireOptions("ternaryUpdateSize", setting, ["params", "density", "bits", "tensors"]);
  const { params, density, bits = 16, tensors = 1 } = setting;
  requirePositive("params", params, "give the values of the update");
  requireAbove("bits", bits, 0, "16 is usual");
  requirePositive("tensors", tensors, "each has a scale");
  const bytes = (params * ternaryUpdateBits(density)) / 8 + 2 * tensors;
  return { bytes, ratio: (params * bits) / 8 / bytes };
}
