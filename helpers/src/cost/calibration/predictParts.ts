import type { HierarchySpec } from "./Hierarchy.ts";
import { type IntervalEnds, normalEnds } from "./intervalFactors.ts";
import { type PartsQuery, requireQuery } from "./Observation.ts";
import type { PartsCalibration } from "./PartsCalibration.ts";
import { noiseGroup } from "./PartsFit.ts";
import type { PartsRow } from "./PartsRow.ts";
import type { ReducedRow } from "./Posterior.ts";

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
  readonly reduced: ReducedRow;
  readonly logMean: number;
  /** Variance of the level. */
  readonly variance: number;
  readonly noiseVariance: number;
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
  const { logMean, variance, noiseVariance } = predictedRow(calibration, query);
  const deviation = Math.sqrt(variance + noiseVariance);
  const novelty = noveltyOf(calibration, query.labels);
  const ends = endsFor(calibration, query, novelty);
  return {
    value: Math.exp(logMean),
    logMean,
    deviation,
    levelDeviation: Math.sqrt(variance),
    interval80: [Math.exp(logMean - ends.lower80 * deviation), Math.exp(logMean + ends.upper80 * deviation)],
    interval95: [Math.exp(logMean - ends.lower95 * deviation), Math.exp(logMean + ends.upper95 * deviation)],
    novelty,
    ends,
  };
}

/** Log mean and variances of a query. */
export function predictedRow<L>(calibration: PartsCalibration<L>, query: PartsQuery<L>): PredictedRow {
  const { columns, posterior, spreads, hierarchy } = calibration;
  const row = columns.row(query);
  const logMean = row.linearise(posterior.mean);
  const reduced = posterior.reduce(row);
  let variance = posterior.between(reduced, reduced);
  row.effects.forEach(({ effect, column }, e) => {
    if (column < 0)
      variance += (spreads[hierarchy.effects[effect]!.name]! * row.slopes[row.nParts + e]!) ** 2;
  });
  return { row, reduced, logMean, variance, noiseVariance: noiseVariance(calibration, query) };
}

function noiseVariance<L>({ noise, tails, hierarchy }: PartsCalibration<L>, query: PartsQuery<L>): number {
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

/** A key with fewer rows is not known well enough for the factors of known ones. */
const fewestRows = 5;

/** By what of its labels no row, or hardly one, is. */
export function noveltyOf<L>({ hierarchy, seen }: PartsCalibration<L>, labels: L): string[] {
  const names: string[] = [];
  hierarchy.novelties?.forEach(({ name, key }, k) => {
    const own = key(labels);
    if (own !== "" && (seen[k]!.get(own) ?? 0) < fewestRows) names.push(name);
  });
  return names;
}

/** The widest factors of what is new. */
export function endsFor<L>(
  { factors, hierarchy }: PartsCalibration<L>,
  { kind, labels }: PartsQuery<L>,
  novelty: readonly string[],
): IntervalEnds {
  const stratum = hierarchy.stratum?.(labels);
  let ends: IntervalEnds | undefined;
  for (const name of ["known", ...novelty]) {
    const table = factors[name];
    const own = table?.[`${kind}|${stratum}`] ?? table?.[kind] ?? table?.[""];
    if (own) ends = ends ? widest(ends, own) : own;
  }
  return ends ?? normalEnds;
}

function widest(a: IntervalEnds, b: IntervalEnds): IntervalEnds {
  return {
    lower80: Math.max(a.lower80, b.lower80),
    upper80: Math.max(a.upper80, b.upper80),
    lower95: Math.max(a.lower95, b.lower95),
    upper95: Math.max(a.upper95, b.upper95),
  };
}
