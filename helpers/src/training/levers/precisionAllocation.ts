import { chinchilla } from "../../laws/chinchilla/chinchilla.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { keptShare } from "./effectiveParamsPrecision.ts";
import { kumar2024, type PrecisionConstants } from "./precisionConstants.ts";

/** The best run of a budget at a precision. */
export interface PrecisionAllocation {
  readonly nParams: number;
  readonly nTokens: number;
  /** Parameters of the full-precision model that it is worth. */
  readonly effectiveParams: number;
  /** Nats per token. */
  readonly loss: number;
}

/**
 * Size and tokens that make most of a budget when everything is trained at P bits and a token costs `(6 / 16) N P` FLOPs.
 *
 * With C = (6 / 16) N D P the law is Chinchilla's in N with A divided by the kept share to the power alpha. Fewer bits buy
 * more parameters always, but fewer tokens only below the best precision: D follows share / P, which is largest there.
 *
 * @param budget flops in those of 16 bits; bits of weights, activations and KV cache alike; constants, by default Kumar's
 * @throws RangeError when a number is not > 0, or the bits leave no parameters
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), eq. 5 and appendix E.2; D from the budget, as eq. 6 does not keep it.
 *
 * @example
 * import { precisionAllocation } from "isoflop";
 * const [eight, sixteen] = [8, 16].map((bits) => precisionAllocation({ flops: 1e21, bits }));
 * (eight?.nTokens ?? 0) / (sixteen?.nTokens ?? 1); // => 1.291
 */
export function precisionAllocation(budget: {
  readonly flops: number;
  readonly bits: number;
  readonly constants?: PrecisionConstants;
}): PrecisionAllocation {
  requireOptions("precisionAllocation", budget, ["flops", "bits", "constants"]);
  const { flops, bits, constants = kumar2024 } = budget;
  requirePositive("flops", flops, "give a budget, such as 1e21");
  requirePositive("bits", bits, "give the bits of training, such as 8");
  const share = keptShare({ weights: bits, activations: bits, kvCache: bits }, constants);
  const { E, A, B, alpha } = constants;
  const product = flops / ((6 / 16) * bits);
  const theta = Float64Array.of(E, A * share ** -alpha, B, alpha, alpha);
  const nParams = Math.exp(chinchilla.logOptimalParams!(theta, Math.log(product)));
  const nTokens = product / nParams;
  const effectiveParams = share * nParams;
  const loss = E + A * effectiveParams ** -alpha + B * nTokens ** -alpha;
  return { nParams, nTokens, effectiveParams, loss };
}
