import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A run whose best learning rate is known, as the point from which a rule is carried on. */
export interface RateReference {
  readonly learningRate: number;
  readonly nParams: number;
  readonly nTokens: number;
}

/**
 * Where the exponents of `bjorckLearningRate` come from.
 *
 * @example
 * import { bjorckExponents } from "isoflop";
 * bjorckExponents.nTokens; // => -0.32
 */
export const bjorckExponents = Object.freeze({
  nParams: -0.23,
  nTokens: -0.32,
  source:
    "Bjorck et al. 2024 (arXiv:2409.19913), as quoted in Li et al. 2025 (arXiv:2503.04715); not read in the paper",
  units: Object.freeze({ nParams: "1", nTokens: "1" }),
});

/**
 * The best learning rate of another size and number of tokens from one that is known, by Bjorck et al.'s exponents:
 * `rate (N / N0)^-.23 (D / D0)^-.32`. The law's constant is quoted without its units, so only ratios can be used. Their
 * own 125M model falls faster with tokens (exponent -.59 over 25B to 800B).
 *
 * @param from a run at the same batch whose best rate is known
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { bjorckLearningRate } from "isoflop";
 * bjorckLearningRate({
 *   from: { learningRate: 1e-3, nParams: 1e9, nTokens: 20e9 }, nParams: 1e9, nTokens: 200e9,
 * }); // => 4.786e-4
 */
export function bjorckLearningRate(question: {
  readonly from: RateReference;
  readonly nParams: number;
  readonly nTokens: number;
}): number {
  requireOptions("bjorckLearningRate", question, ["from", "nParams", "nTokens"]);
  const { from, nParams, nTokens } = question;
  requireOptions("from", from, ["learningRate", "nParams", "nTokens"]);
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requirePositive("nTokens", nTokens, "give the training tokens, such as 1.4e12");
  requirePositive("from.learningRate", from.learningRate, "give the best rate of a run you have");
  requirePositive("from.nParams", from.nParams, "give that run's parameters");
  requirePositive("from.nTokens", from.nTokens, "give that run's tokens");
  return (
    from.learningRate *
    (nParams / from.nParams) ** bjorckExponents.nParams *
    (nTokens / from.nTokens) ** bjorckExponents.nTokens
  );
}
