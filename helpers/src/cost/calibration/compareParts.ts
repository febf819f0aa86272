import { keyOf } from "./Columns.ts";
import { type PartsQuery, requireQuery } from "./Observation.ts";
import type { PartsCalibration } from "./PartsCalibration.ts";
import { type PredictedRow, predictedRow, predictParts } from "./predictParts.ts";

/** How two predictions compare. */
export interface PartsComparison {
  /** The first over the second: median. */
  readonly ratio: number;
  /** Standard deviation of the logarithm of the ratio of their levels, without noise. */
  readonly deviation: number;
  readonly interval80: readonly [number, number];
  readonly interval95: readonly [number, number];
  /** Whether the 80 % interval of the ratio leaves out 1. */
  readonly isDistinguishable: boolean;
}

/**
 * Compares two predictions: what they share, such as the machine, cancels, so that a ratio is known better than a level.
 * Factors of the interval are the wider of both.
 *
 * @throws RangeError on a kind or parts that the hierarchy has not
 * @example
 * import { calibrateParts, compareParts, hierarchy } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const calibration = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k * (1 + 0.02 * Math.sin(k)) })));
 * const query = (engine: string, part: number) => ({ labels: { engine }, kind: "tpot", parts: [part] });
 * const same = compareParts(calibration, query("c", 10), query("c", 11));
 * const other = compareParts(calibration, query("c", 10), query("d", 11));
 * [same.isDistinguishable, other.isDistinguishable]; // => [true, false]
 */
export function compareParts<L extends object>(
  calibration: PartsCalibration<L>,
  first: PartsQuery<L>,
  second: PartsQuery<L>,
): PartsComparison {
  requireQuery(calibration.hierarchy, first, "first");
  requireQuery(calibration.hierarchy, second, "second");
  const a = predictedRow(calibration, first);
  const b = predictedRow(calibration, second);
  const variance =
    levelCovariance(calibration, [first, a], [first, a]) +
    levelCovariance(calibration, [second, b], [second, b]) -
    2 * levelCovariance(calibration, [first, a], [second, b]);
  const deviation = Math.sqrt(Math.max(0, variance));
  const log = a.logMean - b.logMean;
  const ends = [first, second].map((query) => predictParts(calibration, query).ends);
  const half80 = deviation * Math.max(...ends.flatMap(({ lower80, upper80 }) => [lower80, upper80]));
  const half95 = deviation * Math.max(...ends.flatMap(({ lower95, upper95 }) => [lower95, upper95]));
  return {
    ratio: Math.exp(log),
    deviation,
    interval80: [Math.exp(log - half80), Math.exp(log + half80)],
    interval95: [Math.exp(log - half95), Math.exp(log + half95)],
    isDistinguishable: Math.abs(log) > half80,
  };
}

/** Covariance of the logarithms of two levels, keys that no row has included. */
export function levelCovariance<L>(
  { posterior, hierarchy, spreads }: PartsCalibration<L>,
  [first, a]: readonly [PartsQuery<L>, PredictedRow],
  [second, b]: readonly [PartsQuery<L>, PredictedRow],
): number {
  let total = posterior.between(posterior.reduce(a.row), posterior.reduce(b.row));
  a.row.effects.forEach(({ effect, column }, i) => {
    if (column >= 0) return;
    const j = b.row.effects.findIndex((one) => one.effect === effect && one.column < 0);
    if (j < 0 || keyOf(hierarchy, effect, first) !== keyOf(hierarchy, effect, second)) return;
    const spread = spreads[hierarchy.effects[effect]!.name]!;
    total += spread ** 2 * a.row.slopes[a.row.nParts + i]! * b.row.slopes[b.row.nParts + j]!;
  });
  return total;
}
