import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { choleskyFactor } from "../../numerics/linear/cholesky.ts";
import { Random } from "../../numerics/random/Random.ts";
import { levelCovariance } from "./compareParts.ts";
import { normalEnds } from "./leftOut/intervalFactors.ts";
import { type PartsQuery, requireQuery } from "./Observation.ts";
import type { PartsCalibration } from "./PartsCalibration.ts";
import { predictedRow, predictParts } from "./predictParts.ts";

/** What is drawn. */
export interface DrawPartsOptions {
  /** Default 1000. */
  readonly draws?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Whether a draw is a measurement, with noise, or the level. Default false, the level. */
  readonly noise?: boolean;
}

/**
 * Joint draws of what queries may come to: a Float64Array a draw, in the order of the queries. What they share moves them
 * together; either side is stretched by the factors of the 80 % interval, so that draws with noise agree with it.
 *
 * @throws RangeError on options or queries out of their domain
 * @example
 * import { calibrateParts, drawParts, hierarchy } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const calibration = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k })));
 * const query = (part: number) => ({ labels: { engine: "c" }, kind: "tpot", parts: [part] });
 * const [draw] = drawParts(calibration, [query(10), query(20)], { draws: 5 });
 * (draw![1]! / draw![0]!).toFixed(3); // => "2.000"
 */
export function drawParts<L extends object>(
  calibration: PartsCalibration<L>,
  queries: readonly PartsQuery<L>[],
  options: DrawPartsOptions = {},
): Float64Array[] {
  requireOptions("drawParts", options, ["draws", "seed", "noise"]);
  const { draws = 1000, seed = 1, noise = false } = options;
  requireWhole("draws", draws, 1, "leave it out for 1000");
  requireWhole("seed", seed, 0, "leave it out for 1");
  requireRows("drawParts", queries);
  queries.forEach((query, i) => {
    requireQuery(calibration.hierarchy, query, `query ${i}`);
  });
  const n = queries.length;
  const rows = queries.map((query) => [query, predictedRow(calibration, query)] as const);
  const ends = queries.map((query) => predictParts(calibration, query).ends);
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) factor[i * n + j] = levelCovariance(calibration, rows[i]!, rows[j]!);
    // Two queries may be the same: what they differ by is then rounding.
    factor[i * n + i]! *= 1 + 1e-9;
  }
  if (!choleskyFactor(factor, n))
    throw new RangeError("the covariance of the queries is not positive definite");
  const random = new Random(seed, 0);
  return Array.from({ length: draws }, () => {
    const z = Float64Array.from({ length: n }, () => random.normal());
    return Float64Array.from(rows, ([, row], i) => {
      let away = noise ? Math.sqrt(row.noise) * random.normal() : 0;
      for (let k = 0; k <= i; k++) away += factor[i * n + k]! * z[k]!;
      const stretch = away < 0 ? ends[i]!.lower80 : ends[i]!.upper80;
      return Math.exp(row.logMean + (away * stretch) / normalEnds.upper80);
    });
  });
}
