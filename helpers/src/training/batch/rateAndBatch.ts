import { rangeNote } from "../../format/rangeNote.ts";
import { requireLevel, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import type { ValleyShape } from "./fitRateBatch.ts";
import { type RateBatchConstants, requireValley } from "./RateBatchConstants.ts";
import { stepLawValley } from "./stepLawValley.ts";
import { bestRate, bestSettings, reducibleLoss, shareLost } from "./valleyShares.ts";
import { drawShapes, type IntervalOf, valleyInterval } from "./valleyUncertainty.ts";

/** The run; a batch or a rate that is given is kept, and what it costs is told. */
export interface RateAndBatchQuestion {
  /** Parameters without embeddings. */
  readonly nParams: number;
  readonly nTokens: number;
  /** A batch to use instead of the best one; the rate is then the best for it. */
  readonly batchTokens?: number;
  /** A rate to use instead of the best one. */
  readonly learningRate?: number;
  /** Of the intervals. Default .95. */
  readonly level?: number;
  /** `run` (default): intervals for the best of a run of one's own; `law`: for the law itself, which is narrower. */
  readonly intervalOf?: IntervalOf;
  /** Nats per token above the floor, by a loss law of your own. Default: by the valley's. */
  readonly reducibleLoss?: number;
  /** Default: isoflop's fit of Step Law's public runs. */
  readonly valley?: RateBatchConstants;
}

/** An estimate with its interval. */
export interface WithInterval {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** The settings, and what they cost. */
export interface RateAndBatch {
  /** Peak learning rate; where one was given, that one with an interval of no width. */
  readonly learningRate: WithInterval;
  readonly batchTokens: WithInterval;
  /**
   * Nats per token above the valley's bottom; its interval holds what may be lost for not knowing the bottom, not the scatter of
   * single runs, which on the public grids is larger.
   */
  readonly lossPaid: WithInterval;
  /** `lossPaid` as a share of the reducible loss. */
  readonly shareLost: number;
  readonly source: string;
  /** Conditions, and how far outside its data the law is asked. */
  readonly notes: readonly string[];
}

const draws = 500;

/**
 * Peak learning rate and batch size for a run, with intervals, and the loss that a batch or a rate off the optimum
 * costs: from the valley of loss that isoflop fits to the grids of Li et al. 2025.
 *
 * Intervals of rate and batch are jackknife intervals by grids, widened by the scatter of single grids about the law,
 * with Student's t; that of `lossPaid` is by 500 draws. They do not hold that another optimizer, schedule or tokenizer
 * has another valley.
 *
 * Source: Li et al. 2025 (arXiv:2503.04715), public runs; the fit is isoflop's.
 *
 * @throws RangeError when a number is not > 0, or the level not between 0 and 1
 *
 * @example
 * import { rateAndBatch } from "isoflop";
 * const best = rateAndBatch({ nParams: 1e9, nTokens: 1e11 });
 * best.learningRate.value; // => 0.001272
 * best.batchTokens.value; // => 8.65e5
 * const large = rateAndBatch({ nParams: 1e9, nTokens: 1e11, batchTokens: 4e6 });
 * large.learningRate.value; // => 0.002182
 * large.lossPaid.value; // => 0.02136
 */
export function rateAndBatch(question: RateAndBatchQuestion): RateAndBatch {
  requireOptions("rateAndBatch", question, [
    "nParams",
    "nTokens",
    "batchTokens",
    "learningRate",
    "level",
    "intervalOf",
    "reducibleLoss",
    "valley",
  ]);
  const { nParams, nTokens, batchTokens, learningRate, level = 0.95 } = question;
  const { intervalOf = "run", valley = stepLawValley } = question;
  requireValley(valley);
  const scale = {
    nParams: requirePositive("nParams", nParams, "give a count, such as 7e9"),
    nTokens: requirePositive("nTokens", nTokens, "give the training tokens, such as 1.4e12"),
  };
  if (batchTokens !== undefined)
    requirePositive("batchTokens", batchTokens, "give tokens a step, such as 4e6");
  if (learningRate !== undefined)
    requirePositive("learningRate", learningRate, "give the peak rate, such as 3e-4");
  requireLevel(level);
  requireOneOf("intervalOf", intervalOf, ["run", "law"]);
  const shape = valley.parameters;
  const batchOf = (one: ValleyShape) => batchTokens ?? bestSettings(one, scale).batchTokens;
  const rateOf = (one: ValleyShape) => learningRate ?? bestRate(one, scale, batchOf(one));
  const settings = { learningRate: rateOf(shape), batchTokens: batchOf(shape) };
  const reducible =
    question.reducibleLoss === undefined
      ? reducibleLoss(shape, scale)
      : requirePositive("reducibleLoss", question.reducibleLoss, "give nats per token above the floor");
  const lost = shareLost(shape, scale, settings);
  const shares = drawShapes(valley, draws, 0, intervalOf).map((drawn) => shareLost(drawn, scale, settings));
  const [low, high] = percentileInterval(shares, level);
  return {
    learningRate: {
      value: settings.learningRate,
      interval: valleyInterval(valley, rateOf, level, intervalOf),
    },
    batchTokens: {
      value: settings.batchTokens,
      interval: valleyInterval(valley, batchOf, level, intervalOf),
    },
    lossPaid: { value: reducible * lost, interval: [reducible * low, reducible * high] },
    shareLost: lost,
    source: valley.source,
    notes: [
      valley.conditions,
      ...[
        rangeNote("nParams", nParams, valley.fitted.nParams),
        rangeNote("nTokens", nTokens, valley.fitted.nTokens),
        rangeNote("batchTokens", settings.batchTokens, valley.fitted.batchTokens),
      ].filter((note) => note !== undefined),
    ],
  };
}
