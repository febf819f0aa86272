import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { minimiseScalar } from "../../numerics/minimiseScalar.ts";
import { fewestBits, keptShare } from "./effectiveParamsPrecision.ts";
import { kumar2024, type PrecisionConstants, requirePrecisionConstants } from "./precisionConstants.ts";

/** A model and what may be spent on it. */
export interface SizedBudget {
  readonly nParams: number;
  readonly flops: number;
  readonly constants?: PrecisionConstants;
}

/** The best precision of a model whose size is given. */
export interface SizedPrecision {
  /** Bits of weights, activations and KV cache, not rounded. */
  readonly bits: number;
  readonly nTokens: number;
  /** Nats per token. */
  readonly loss: number;
}

/**
 * The precision that makes most of a budget for a model of given size: fewer bits buy more tokens, more bits more effective
 * parameters, so a model that is trained for long wants more bits, about in proportion to the logarithm of the budget.
 *
 * @param budget nParams without embeddings, flops in those of 16 bits; constants, by default Kumar's
 * @throws RangeError when a number is not > 0
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), section 4.3.3, minimised numerically with the offsets of appendix K.
 *
 * @example
 * import { precisionForSize } from "isoflop";
 * precisionForSize({ nParams: 8e9, flops: 1e24 }).bits; // => 14.18
 */
export function precisionForSize(budget: SizedBudget): SizedPrecision {
  requireOptions("precisionForSize", budget, ["nParams", "flops", "constants"]);
  const { nParams, flops, constants = kumar2024 } = budget;
  requirePositive("nParams", nParams, "give a count without embeddings, such as 8e9");
  requirePositive("flops", flops, "give a budget, such as 1e24");
  requirePrecisionConstants(constants);
  const { E, A, B, alpha, weights, activations, kvCache } = constants;
  const tokensAt = (bits: number) => flops / ((6 / 16) * bits * nParams);
  const lossAt = (logBits: number) => {
    const bits = Math.exp(logBits);
    const share = keptShare({ weights: bits, activations: bits, kvCache: bits }, constants);
    return E + A * (share * nParams) ** -alpha + B * tokensAt(bits) ** -alpha;
  };
  const least = fewestBits([weights, activations, kvCache]);
  const logBits = minimiseScalar(lossAt, Math.log(least + 0.01), Math.log(64));
  const bits = Math.exp(logBits);
  return { bits, nTokens: tokensAt(bits), loss: lossAt(logBits) };
}
