import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { criticalBatchTokens } from "./criticalBatchTokens.ts";
import { kaplanTrajectory, type TrajectoryConstants } from "./TrajectoryConstants.ts";

/** What it takes to reach a loss, with the batch asked for and at the two extremes. */
export interface StepsToLoss {
  /** Steps with the batch asked for. */
  readonly steps: number;
  /** Tokens with the batch asked for. */
  readonly nTokens: number;
  /** Least steps, with an infinite batch. */
  readonly minSteps: number;
  /** Least tokens, with a tiny batch. */
  readonly minTokens: number;
  /** Batch at which steps and tokens are both twice the least. */
  readonly criticalBatchTokens: number;
}

/**
 * Steps and tokens a model needs to reach a loss at a batch: S_min = Sc / (L - (Nc/N)^alphaN)^(1/alphaS),
 * E_min = B_crit S_min, S = S_min (1 + B_crit/B), E = E_min (1 + B/B_crit), so that (S/S_min - 1)(E/E_min - 1) = 1.
 *
 * Source: Kaplan et al. 2020 (arXiv:2001.08361), section 5; Su et al. 2024 (arXiv:2403.06563).
 *
 * @param target loss in nats per token, above the model's own floor (Nc/N)^alphaN
 * @throws RangeError when an argument is not > 0, or the model cannot reach the loss
 *
 * @example
 * import { stepsToLoss } from "isoflop";
 * const { steps, minSteps } = stepsToLoss({ nParams: 1e9, batchTokens: 1e6, loss: 2.5 });
 * steps / minSteps; // => 3.547
 */
export function stepsToLoss(
  target: { readonly nParams: number; readonly batchTokens: number; readonly loss: number },
  constants: TrajectoryConstants = kaplanTrajectory,
): StepsToLoss {
  const { nParams, batchTokens, loss } = target;
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requirePositive("batchTokens", batchTokens, "give the batch in tokens, such as 1e6");
  const critical = criticalBatchTokens(loss, constants);
  const floor = (constants.Nc / nParams) ** constants.alphaN;
  if (loss <= floor) {
    throw new RangeError(
      `a model of ${nParams} parameters does not get below a loss of ${floor.toPrecision(4)}, asked for ${loss}; take a larger model`,
    );
  }
  const minSteps = constants.Sc / (loss - floor) ** (1 / constants.alphaS);
  const minTokens = critical * minSteps;
  return {
    steps: minSteps * (1 + critical / batchTokens),
    nTokens: minTokens * (1 + batchTokens / critical),
    minSteps,
    minTokens,
    criticalBatchTokens: critical,
  };
}
