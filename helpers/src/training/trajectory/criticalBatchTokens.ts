import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { kaplanTrajectory, type TrajectoryConstants } from "./TrajectoryConstants.ts";

/**
 * Critical batch at a loss, B_crit = B* / L^(1/alphaB) tokens: the batch at which training takes twice the least steps
 * and twice the least tokens.
 *
 * Source: Kaplan et al. 2020 (arXiv:2001.08361), equation 1.4; McCandlish et al. 2018.
 *
 * @param loss nats per token, > 0
 * @throws RangeError when loss is not > 0
 *
 * @example
 * import { criticalBatchTokens } from "isoflop";
 * criticalBatchTokens(2.5); // => 2.547e6
 */
export function criticalBatchTokens(loss: number, constants: TrajectoryConstants = kaplanTrajectory): number {
  return (
    constants.Bstar /
    requirePositive("loss", loss, "give nats per token, such as 2.1") ** (1 / constants.alphaB)
  );
}
