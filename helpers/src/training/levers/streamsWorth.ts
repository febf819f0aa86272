import { requireAtLeast, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * How many times the parameters P parallel streams are worth by `parallelLoss`: `1 + k ln P`, whatever the size.
 *
 * @param model streams P, 1 for a plain model; k of a fit
 * @throws RangeError when streams are below 1 or k is negative
 *
 * Source: Chen et al. 2025 (ParScale, arXiv 2505.10475).
 *
 * @example
 * import { streamsWorth } from "isoflop";
 * streamsWorth({ streams: 8, k: 0.39 }); // => 1.811
 */
export function streamsWorth(model: { readonly streams: number; readonly k: number }): number {
  requireOptions("streamsWorth", model, ["streams", "k"]);
  const { streams, k } = model;
  requireAtLeast("streams", streams, 1, "1 is a plain model");
  requireNonNegative("k", k, "give the k of a fit of parallelLoss");
  return 1 + k * Math.log(streams);
}
