import { refusal, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import {
  kumar2024,
  type PrecisionConstants,
  type PrecisionPart,
  type PrecisionPartName,
  precisionPartNames,
  requirePrecisionConstants,
} from "./precisionConstants.ts";

/** Bits of each part of a model; a part that is left out is trained in full precision. */
export type PrecisionBits = Partial<Record<PrecisionPartName, number>>;

/**
 * Parameters of the full-precision model that a model trained in few bits is worth:
 * `N_eff = N prod_x (1 - exp(n_x - P_x / gamma_x))` over weights, activations and KV cache.
 *
 * @param model nParams without embeddings; bits of each part, those left out being full precision; constants, by default
 * Kumar's
 * @returns parameters, a plain count
 * @throws RangeError when a part has so few bits that nothing would be left: the law ends there
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), eq. 4 with the offsets of appendix K.
 *
 * @example
 * import { effectiveParamsPrecision } from "isoflop";
 * effectiveParamsPrecision({ nParams: 1e9, bits: { weights: 4 } }); // => 6.964e8
 */
export function effectiveParamsPrecision(model: {
  readonly nParams: number;
  readonly bits: PrecisionBits;
  readonly constants?: PrecisionConstants;
}): number {
  requireOptions("effectiveParamsPrecision", model, ["nParams", "bits", "constants"]);
  const { nParams, bits, constants = kumar2024 } = model;
  requirePositive("nParams", nParams, "give a count without embeddings, such as 220e6");
  return nParams * keptShare(bits, constants);
}

/** The product of what the parts keep. */
export function keptShare(bits: PrecisionBits, constants: PrecisionConstants): number {
  requirePrecisionConstants(constants);
  requireOptions("bits", bits, precisionPartNames);
  let share = 1;
  for (const part of precisionPartNames) {
    const given = bits[part];
    if (given === undefined) continue;
    requirePositive(`bits of ${part}`, given, "leave it out for full precision");
    const { gamma, offset } = constants[part];
    const kept = 1 - Math.exp(offset - given / gamma);
    if (!(kept > 0)) {
      const wanted = `must be above ${(gamma * offset).toFixed(2)}, where the law leaves no parameters`;
      throw refusal(`bits of ${part}`, wanted, given, "give more bits; the law says nothing there");
    }
    share *= kept;
  }
  return share;
}

/** The fewest bits that leave every one of the parts something. */
export function fewestBits(parts: readonly PrecisionPart[]): number {
  return Math.max(0, ...parts.map(({ gamma, offset }) => gamma * offset));
}
