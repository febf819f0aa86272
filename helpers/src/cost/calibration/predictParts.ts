import type { HierarchySpec } from "./Hierarchy.ts";
import type { IntervalEnds } from "./leftOut/intervalFactors.ts";
import { endsFor, noveltyOf, widest } from "./leftOut/novelty.ts";
import { type PartsQuery, requireQuery } from "./Observation.ts";
import type { PartsCalibration } from "./PartsCalibration.ts";
import { noiseGroup } from "./PartsFit.ts";
import { knownVariance } from "./posterior/LocalCovariance.ts";
import type { PartsRow } from "./posterior/PartsRow.ts";

/** What a calibration says of an observation that is to come. */
export interface PartsPrediction {
  /** Median, in the unit of the parts. */
  readonly value: number;
  readonly logMean: number;
  /** Standard deviation of the logarithm of what will be measured, noise and keys that no row has included. */
  readonly deviation: number;
  /** The same without noise: what a long series of measurements would come to. */
  readonly levelDeviation: number;
  readonly interval80: readonly [number, number];
  readonly interval95: readonly [number, number];
  /** By what of it no row is, as the hierarchy names it. */
  readonly novelty: readonly string[];
  readonly ends: IntervalEnds;
}

/** A query, linearised where the calibration is. */
export interface PredictedRow {
  readonly row: PartsRow;
  readonly logMean: number;
  /** Variance of the level by unknowns that some row has, and by keys that none has. */
  readonly known: number;
  readonly unseen: number;
  readonly noise: number;
}

/**
 * Predicts what will be measured: keys that the calibration knows by their deviations, others by the spread of their effect.
 *
 * @throws RangeError on a kind or parts that the hierarchy has not
 * @example
 * import { calibrateParts, hierarchy, predictParts } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.1 }],
 * });
 * const calibration = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k })));
 * const known = predictParts(calibration, { labels: { engine: "a" }, kind: "tpot", parts: [10] });
 * const other = predictParts(calibration, { labels: { engine: "c" }, kind: "tpot", parts: [10] });
 * [known.value.toFixed(0), other.deviation > known.deviation]; // => ["15", true]
 */
export function predictParts<L extends object>(
  calibration: PartsCalibration<L>,
  query: PartsQuery<L>,
): PartsPrediction {
  requireQuery(calibration.hierarchy, query, "query");
  const { logMean, known, unseen, noise } = predictedRow(calibration, query);
  const deviation = Math.sqrt(known + unseen + noise);
  const novelty = noveltyOf(calibration, query.labels);
  let ends = endsFor(calibration, query, novelty);
  // What is new is never told more narrowly than if it were known.
  if (novelty.length > 0) {
    ends = widest(ends, endsFor(calibration, query, []), Math.sqrt(known + noise) / deviation);
  }
  const { lower80, upper80, lower95, upper95 } = ends;
  return {
    value: Math.exp(logMean),
    logMean,
    deviation,
    levelDeviation: Math.sqrt(known + unseen),
    interval80: [Math.exp(logMean - lower80 * deviation), Math.exp(logMean + upper80 * deviation)],
    interval95: [Math.exp(logMean - lower95 * deviation), Math.exp(logMean + upper95 * deviation)],
    novelty,
    ends,
  };
}

/** Log mean and variances of a query. */
export function predictedRow<L>(calibration: PartsCalibration<L>, query: PartsQuery<L>): PredictedRow {
  const { columns, posterior, hierarchy } = calibration;
  const row = columns.row(query);
  const logMean = row.linearise(posterior.mean);
  return {
    row,
    logMean,
    known: knownVariance(posterior, row, hierarchy.parts.length),
    unseen: unseenVariance(calibration, row),
    noise: noiseVariance(calibration, query),
  };
}

/** Variance of a row by keys that no row has. */
function unseenVariance<L>({ spreads, hierarchy }: PartsCalibration<L>, row: PartsRow): number {
  let variance = 0;
  row.effects.forEach(({ effect, column }, e) => {
    if (column >= 0) return;
    variance += (spreads[hierarchy.effects[effect]!.name]! * row.slopes[row.nParts + e]!) ** 2;
  });
  return variance;
}

/** Variance of the noise of a query. */
export function noiseVariance<L>(
  { noise, tails, hierarchy }: PartsCalibration<L>,
  query: PartsQuery<L>,
): number {
  const scale = noise[noiseGroup(hierarchy, query)] ?? unseenNoise(hierarchy, noise, query.kind);
  return scale ** 2 * (tails < Infinity ? tails / (tails - 2) : 1);
}

/** Noise of a group that no row has: the typical one of its kind. */
export function unseenNoise<L>(
  hierarchy: HierarchySpec<L>,
  noise: Readonly<Record<string, number>>,
  kind: string,
): number {
  const own = Object.entries(noise).filter(([name]) => name === kind || name.startsWith(`${kind}|`));
  if (own.length === 0) return hierarchy.kinds.find(({ name }) => name === kind)!.noise;
  return Math.exp(own.reduce((sum, [, scale]) => sum + Math.log(scale), 0) / own.length);
}
