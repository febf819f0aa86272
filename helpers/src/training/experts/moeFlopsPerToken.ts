import { requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type MoeGeometry, moeParams } from "./moeParams.ts";

/** FLOPs that one token costs. */
export interface MoeFlops {
  /** In training: forward and backward pass. */
  readonly training: number;
  /** Of `training`, for the choice of experts. */
  readonly routing: number;
  /** When served: a third of training. */
  readonly forward: number;
}

/**
 * FLOPs that a token costs in a mixture of experts without embeddings: `6 N_active + 14 d E G n`, where the second term is
 * the routers' and the movement of tokens to the experts. Attention over the context is left out.
 *
 * That the forward pass is a third of it holds for the products with weights; the source gives 14 for both passes together.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), F = (12 d^2 6 + d E G 14) D n.
 *
 * @param options routing: FLOPs a router's parameter and token, default 14; 0 leaves routing out
 * @throws RangeError when a number is outside its domain
 * @example
 * import { moeFlopsPerToken } from "isoflop";
 * const { training, routing } = moeFlopsPerToken({ dModel: 1024, nLayers: 16, experts: 64, granularity: 16 });
 * training; // => 1.443e9
 * routing / training; // => 0.1628
 */
export function moeFlopsPerToken(
  geometry: MoeGeometry,
  options: { readonly routing?: number } = {},
): MoeFlops {
  requireOptions("moeFlopsPerToken", options, ["routing"]);
  const { routing = 14 } = options;
  requireNonNegative("routing", routing, "the source has 14");
  const { active, router } = moeParams(geometry);
  const training = 6 * active + routing * router;
  return { training, routing: routing * router, forward: training / 3 };
}
