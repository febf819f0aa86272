import {
  requireEfficiency,
  requireNonNegative,
  requirePositive,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { minimiseScalar } from "../../numerics/minimiseScalar.ts";

/** L(N, D) = E + A/N^α + B/D^β in nats per token. */
export interface LossLaw {
  readonly E: number;
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
}

/** A model that reaches a loss, and what it costs to train and to use. */
export interface LifetimePlan {
  readonly nParams: number;
  /** Training tokens. */
  readonly nTokens: number;
  /** 6·N·D. */
  readonly trainingFlops: number;
  /** 2·N·(tokens served). */
  readonly inferenceFlops: number;
  /** What was minimised: FLOPs, or US dollars where prices were given. */
  readonly total: number;
}

/** Price of computing, as accelerators are rented and kept busy. */
export interface FlopPrice {
  /** US dollars for one accelerator and hour. */
  readonly usdPerHour: number;
  /** Peak FLOP/s of the accelerator at the precision used. */
  readonly peakFlopsPerS: number;
  /** Model FLOPs utilisation: share of the peak that does useful work, 0 to 1. */
  readonly mfu: number;
}

/** Tokens to serve, in one phase. */
export interface InferenceDemand {
  readonly nTokens: number;
  /** Left out, a FLOP counts 1. */
  readonly price?: FlopPrice;
}

/**
 * Training tokens at which a model of N parameters reaches a loss: D = (B / (L − E − A/N^α))^(1/β);
 * Infinity where the model is too small to reach it.
 *
 * @throws RangeError unless nParams > 0 and the loss is a number above E
 * @example
 * import { tokensForLoss } from "isoflop";
 * const law = { E: 1, A: 100, alpha: 0.5, B: 100, beta: 0.5 };
 * tokensForLoss(law, { loss: 1.2, nParams: 1e6 }); // => 1e6
 */
export function tokensForLoss(
  law: LossLaw,
  target: { readonly loss: number; readonly nParams: number },
): number {
  requirePositive("nParams", target.nParams, "give a count, such as 7e9");
  if (!(target.loss > law.E)) {
    throw new RangeError(`loss must exceed the irreducible ${law.E} nats, got ${target.loss}`);
  }
  const ofTokens = target.loss - law.E - law.A * target.nParams ** -law.alpha;
  return ofTokens > 0 ? (law.B / ofTokens) ** (1 / law.beta) : Infinity;
}

/**
 * Training tokens for which a model of N parameters is compute-optimal when only training counts:
 * α A N^−α = β B D^−β.
 *
 * Source: Hoffmann et al. 2022, eq. 4.
 *
 * @throws RangeError unless nParams > 0
 * @example
 * import { computeOptimalTokens } from "isoflop";
 * const law = { E: 1.69, A: 406.4, alpha: 0.336, B: 410.7, beta: 0.283 };
 * computeOptimalTokens(law, 1e9).toPrecision(3); // => "2.74e+10"
 */
export function computeOptimalTokens(law: LossLaw, nParams: number): number {
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  return ((law.beta * law.B) / (law.alpha * law.A * nParams ** -law.alpha)) ** (1 / law.beta);
}

/**
 * The model that reaches a loss at the lowest cost over training and use: minimises
 * 6·N·D·c_train + Σ 2·N·T_j·c_j over N, with D from {@link tokensForLoss} and T_j the tokens of each kind
 * served. Without prices c is 1 and the total is in FLOPs; with prices c = usdPerHour / (3600·peak·MFU)
 * and the total is in US dollars.
 *
 * The more is served, the smaller and the longer trained the best model.
 *
 * Source: Sardana et al. 2024, "Beyond Chinchilla-Optimal", eqs. 3 and 5.
 *
 * @throws RangeError on a loss at or below E, negative tokens, an MFU outside 0 to 1, or a price given for
 *   one of training and inference only
 * @example
 * import { lifetimeOptimum } from "isoflop";
 * const law = { E: 1.69, A: 406.4, alpha: 0.336, B: 410.7, beta: 0.283 };
 * const plan = lifetimeOptimum(law, { loss: 2.13, inference: [{ nTokens: 2e11 }] });
 * plan.nParams < 7e9; // => true
 */
export function lifetimeOptimum(
  law: LossLaw,
  goal: {
    readonly loss: number;
    readonly inference: readonly InferenceDemand[];
    readonly trainingPrice?: FlopPrice;
  },
): LifetimePlan {
  requireOptions("lifetimeOptimum", goal, ["loss", "inference", "trainingPrice"]);
  const planOf = planner(law, goal);
  // Below this size no number of tokens reaches the loss, and just above it the cost is a power of the distance: the
  // logarithm of that distance is what the cost is smooth in, however much is served.
  const smallest = Math.log((law.A / (goal.loss - law.E)) ** (1 / law.alpha));
  const sizeAt = (logDistance: number) => Math.exp(smallest + Math.exp(logDistance));
  const best = minimiseScalar((x) => planOf(sizeAt(x)).total, Math.log(1e-6), Math.log(30));
  return planOf(sizeAt(best));
}

/**
 * Cost over training and use of a model of a given size that reaches a loss, as {@link lifetimeOptimum}
 * counts it.
 *
 * @throws RangeError as {@link lifetimeOptimum}
 * @example
 * import { lifetimePlan } from "isoflop";
 * const law = { E: 1, A: 100, alpha: 0.5, B: 100, beta: 0.5 };
 * lifetimePlan(law, { loss: 1.2, nParams: 1e6, inference: [{ nTokens: 3e6 }] }).total; // => 1.2e13
 */
export function lifetimePlan(
  law: LossLaw,
  goal: {
    readonly loss: number;
    readonly nParams: number;
    readonly inference: readonly InferenceDemand[];
    readonly trainingPrice?: FlopPrice;
  },
): LifetimePlan {
  requireOptions("lifetimePlan", goal, ["loss", "nParams", "inference", "trainingPrice"]);
  return planner(law, goal)(goal.nParams);
}

function planner(
  law: LossLaw,
  goal: { loss: number; inference: readonly InferenceDemand[]; trainingPrice?: FlopPrice },
): (nParams: number) => LifetimePlan {
  if (!(goal.loss > law.E)) {
    throw new RangeError(`loss must exceed the irreducible ${law.E} nats, got ${goal.loss}`);
  }
  const priced = goal.inference.filter(({ price }) => price !== undefined).length;
  if (priced !== (goal.trainingPrice ? goal.inference.length : 0)) {
    throw new RangeError("give prices for training and for every kind of inference, or for none of them");
  }
  let served = 0;
  let pricedServed = 0;
  for (const { nTokens, price } of goal.inference) {
    requireNonNegative("nTokens", nTokens, "give the tokens to serve, such as 2e12");
    served += nTokens;
    pricedServed += nTokens * usdPerFlop(price);
  }
  const trainingRate = usdPerFlop(goal.trainingPrice);
  return (nParams) => {
    const nTokens = tokensForLoss(law, { loss: goal.loss, nParams });
    const trainingFlops = 6 * nParams * nTokens;
    const total = trainingFlops * trainingRate + 2 * nParams * pricedServed;
    return { nParams, nTokens, trainingFlops, inferenceFlops: 2 * nParams * served, total };
  };
}

function usdPerFlop(price: FlopPrice | undefined): number {
  if (price === undefined) return 1;
  requireNonNegative("usdPerHour", price.usdPerHour, "give the rent of one accelerator");
  requirePositive("peakFlopsPerS", price.peakFlopsPerS, "give FLOP/s, such as 312e12");
  requireEfficiency("mfu", price.mfu);
  return price.usdPerHour / 3600 / price.peakFlopsPerS / price.mfu;
}
