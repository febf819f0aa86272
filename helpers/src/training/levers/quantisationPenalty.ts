import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { kumar2024, type PrecisionConstants, requirePrecisionConstants } from "./precisionConstants.ts";

/**
 * What quantising the weights after training adds to the loss: `C_T exp(b - P / gamma) D^gammaD / N^gammaN`.
 *
 * It grows with the tokens: a model trained longer bears it worse. For a model that was itself trained in few bits give
 * `effectiveParamsPrecision` as nParams; the factor by which such a model bears more is left out, since its constants are
 * not printed, so that the penalty is then an upper end.
 *
 * @param model nParams without embeddings, nTokens of training, bits after quantisation; constants, by default Kumar's
 * @returns nats per token
 * @throws RangeError when a number is not > 0
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), eq. 2; the offset b by appendix K.
 *
 * @example
 * import { quantisationPenalty } from "isoflop";
 * quantisationPenalty({ nParams: 30e6, nTokens: 26e9, bits: 4 }); // => 0.1078
 */
export function quantisationPenalty(model: {
  readonly nParams: number;
  readonly nTokens: number;
  readonly bits: number;
  readonly constants?: PrecisionConstants;
}): number {
  requireOptions("quantisationPenalty", model, ["nParams", "nTokens", "bits", "constants"]);
  const { nParams, nTokens, bits, constants = kumar2024 } = model;
  requirePositive("nParams", nParams, "give a count without embeddings, such as 220e6");
  requirePositive("nTokens", nTokens, "give the training tokens, such as 26e9");
  requirePositive("bits", bits, "give the bits that the weights are left with, such as 4");
  requirePrecisionConstants(constants);
  const { scale, gamma, offset, gammaTokens, gammaParams } = constants.afterTraining;
  return scale * Math.exp(offset - bits / gamma) * (nTokens ** gammaTokens / nParams ** gammaParams);
}

/**
 * Tokens beyond which more training makes a model worse that is quantised afterwards: where what a token still takes off
 * the loss is what it adds to `quantisationPenalty`.
 *
 * @param model nParams without embeddings, bits after quantisation; constants, by default Kumar's
 * @returns tokens
 * @throws RangeError when a number is not > 0
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), eq. 13 with the offset b of appendix K.
 *
 * @example
 * import { tokensUntilHarm } from "isoflop";
 * tokensUntilHarm({ nParams: 30e6, bits: 4 }); // => 2.878e10
 */
export function tokensUntilHarm(model: {
  readonly nParams: number;
  readonly bits: number;
  readonly constants?: PrecisionConstants;
}): number {
  requireOptions("tokensUntilHarm", model, ["nParams", "bits", "constants"]);
  const { nParams, bits, constants = kumar2024 } = model;
  const perToken = quantisationPenalty({ nParams, nTokens: 1, bits, constants });
  const { gammaTokens } = constants.afterTraining;
  return (
    ((constants.alpha * constants.B) / (gammaTokens * perToken)) ** (1 / (gammaTokens + constants.alpha))
  );
}
