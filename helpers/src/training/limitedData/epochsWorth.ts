import { decayedCopies } from "../../laws/limitedData/decayedCopies.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { exp } from "../../numerics/exp.ts";
import { requireRStar } from "./requireRStar.ts";

/**
 * Fresh epochs that so many epochs over the same tokens are worth: `1 + R* (1 - e^(-(epochs - 1) / R*))`, at most
 * 1 + R*; up to one epoch nothing is repeated.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.1.
 *
 * @throws RangeError when epochs or R* is not > 0.
 *
 * @example
 * ```ts
 * import { epochsWorth } from "isoflop";
 * epochsWorth(4, 15.387756); // => 3.7257
 * epochsWorth(40, 15.387756); // => 15.167
 * ```
 */
export function epochsWorth(epochs: number, rStar: number): number {
  requirePositive("epochs", epochs, "give total tokens over unique tokens, such as 4");
  requireRStar("rStar", rStar);
  return epochs <= 1 ? epochs : decayedCopies(epochs - 1, rStar);
}

/**
 * What the next token seen is worth after so many epochs, a fresh token being worth 1: `e^(-(epochs - 1) / R*)`, the
 * slope of `epochsWorth`.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.1.
 *
 * @throws RangeError when epochs or R* is not > 0.
 *
 * @example
 * ```ts
 * import { marginalEpochValue } from "isoflop";
 * marginalEpochValue(4, 15.387756); // => 0.8229
 * marginalEpochValue(16, 15.387756); // => 0.3773
 * ```
 */
export function marginalEpochValue(epochs: number, rStar: number): number {
  requirePositive("epochs", epochs, "give total tokens over unique tokens, such as 4");
  requireRStar("rStar", rStar);
  return epochs <= 1 ? 1 : exp(-(epochs - 1) / rStar);
}
