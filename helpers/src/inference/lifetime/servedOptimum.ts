import { refusal, requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { minimiseScalar } from "../../numerics/minimiseScalar.ts";
import { type LossLaw, tokensForLoss } from "./lifetimeOptimum.ts";

/** A loss to reach, tokens to serve, and what both cost. */
export interface ServedGoal {
  /** Nats per token. */
  readonly loss: number;
  /** Tokens of the model's life that are paid for. */
  readonly servedTokens: number;
  /** Cost of a served token by a model of so many parameters, such as a `servingCostCurve` gives. */
  readonly costPerToken: (nParams: number) => number;
  /** Cost of a training FLOP in the same unit. Default 1: FLOPs. */
  readonly costPerFlop?: number;
}

/** A model that reaches a loss, and what it costs to train and to serve, in the unit of the costs given. */
export interface ServedPlan {
  readonly nParams: number;
  readonly nTokens: number;
  readonly trainingFlops: number;
  readonly training: number;
  readonly serving: number;
  readonly total: number;
}

/**
 * Training and serving of a model of a given size that reaches a loss: 6·N·D·c + T·s(N), with D from {@link tokensForLoss},
 * c the cost of a FLOP and s(N) the real cost of a served token.
 *
 * @throws RangeError on a loss at or below E, or numbers outside their domain
 * @example
 * import { servedPlan } from "isoflop";
 * const law = { E: 1, A: 100, alpha: 0.5, B: 100, beta: 0.5 };
 * const goal = { loss: 1.2, servedTokens: 3e6, costPerToken: (n: number) => 2 * n };
 * servedPlan(law, { ...goal, nParams: 1e6 }).total; // => 1.2e13
 */
export function servedPlan(law: LossLaw, goal: ServedGoal & { readonly nParams: number }): ServedPlan {
  requireOptions("servedPlan", goal, [...goalOptions, "nParams"]);
  return planner(law, goal)(goal.nParams);
}

/**
 * The model that reaches a loss at the least cost over training and serving, with the real cost of a served token in place
 * of 2N: minimises 6·N·D·c + T·s(N) over N. With s(N) = 2·N·c it is `lifetimeOptimum`.
 *
 * s may have kinks and jumps (a larger model needs one more device): the valley is looked for in `pieces` parts of the sizes
 * up to e^30 times the smallest that reaches the loss, each scanned in 200 steps.
 *
 * Source: Sardana et al. 2024, "Beyond Chinchilla-Optimal", with the cost left open.
 *
 * @throws RangeError on a loss at or below E, or numbers outside their domain
 * @example
 * import { lifetimeOptimum, servedOptimum } from "isoflop";
 * const law = { E: 1.69, A: 406.4, alpha: 0.336, B: 410.7, beta: 0.283 };
 * const flops = lifetimeOptimum(law, { loss: 2.13, inference: [{ nTokens: 2e11 }] });
 * const served = servedOptimum(law, { loss: 2.13, servedTokens: 2e11, costPerToken: (n) => 2 * n });
 * Math.abs(served.nParams / flops.nParams - 1) < 1e-6; // => true
 */
export function servedOptimum(law: LossLaw, goal: ServedGoal): ServedPlan {
  requireOptions("servedOptimum", goal, goalOptions);
  const planOf = planner(law, goal);
  // As in `lifetimeOptimum`: smooth in the logarithm of the distance to the smallest size that reaches the loss.
  const smallest = Math.log((law.A / (goal.loss - law.E)) ** (1 / law.alpha));
  const sizeAt = (logDistance: number) => Math.exp(smallest + Math.exp(logDistance));
  const cost = (x: number) => planOf(sizeAt(x)).total;
  const [low, high] = [Math.log(1e-6), Math.log(30)];
  let best = Number.NaN;
  let least = Infinity;
  for (let piece = 0; piece < pieces; piece++) {
    const at = (share: number) => low + ((high - low) * share) / pieces;
    const x = minimiseScalar(cost, at(piece), at(piece + 1));
    const value = cost(x);
    if (value < least) [best, least] = [x, value];
  }
  return planOf(sizeAt(best));
}

const goalOptions = ["loss", "servedTokens", "costPerToken", "costPerFlop"] as const;
const pieces = 4;

function planner(law: LossLaw, goal: ServedGoal): (nParams: number) => ServedPlan {
  const { loss, servedTokens, costPerToken, costPerFlop = 1 } = goal;
  // Says what is wrong with the loss before any size is tried.
  tokensForLoss(law, { loss, nParams: 1 });
  requireNonNegative("servedTokens", servedTokens, "give the tokens to serve, such as 2e12");
  requirePositive("costPerFlop", costPerFlop, "1 counts FLOPs");
  if (typeof costPerToken !== "function") {
    throw new TypeError(`costPerToken must be a function of nParams, got ${typeof costPerToken}; give one`);
  }
  return (nParams) => {
    const nTokens = tokensForLoss(law, { loss, nParams });
    const trainingFlops = 6 * nParams * nTokens;
    const training = trainingFlops * costPerFlop;
    const each = servedTokens === 0 ? 0 : costPerToken(nParams);
    if (!(Number.isFinite(each) && each >= 0)) {
      const given = `${each} for ${nParams} parameters`;
      throw refusal("costPerToken", "must give a finite number >= 0", given, "mend the function");
    }
    const serving = servedTokens * each;
    return { nParams, nTokens, trainingFlops, training, serving, total: training + serving };
  };
}
