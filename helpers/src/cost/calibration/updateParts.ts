import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { choleskyFactor, choleskyHalfSolve, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { type PartsObservation, requireObservation } from "./Observation.ts";
import { farthest, type PartsCalibration } from "./PartsCalibration.ts";
import { extendPosterior } from "./posterior/extendPosterior.ts";
import { Posterior } from "./posterior/Posterior.ts";
import { noiseVariance } from "./predictParts.ts";

/** Steps of Gauss and Newton, with the weights of the rows in turn. */
const steps = 6;

/**
 * A calibration that knows some rows more, such as five of a user's own engine: constants and deviations move as far as
 * the rows say and the calibration allows; spreads and factors of intervals stay. `outliers` are those of the new rows,
 * which count little.
 *
 * With prior N(m, C), slopes A, noise R: `θ = m + CA'(R + ACA')⁻¹(ln t - f)`, linearised where θ is, and
 * `C - CA'(R + ACA')⁻¹AC`.
 *
 * @throws RangeError on a value that is not > 0 or a kind or parts that the hierarchy has not, with the row
 * @example
 * import { calibrateParts, hierarchy, predictParts, updateParts } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const rowsOf = (engine: string, rate: number) => [1, 2, 3, 4, 5].map((k) => (
 *   { labels: { engine }, kind: "tpot", parts: [k], value: rate * k }));
 * const calibration = calibrateParts(time, [...rowsOf("a", 1.5), ...rowsOf("b", 1.7)]);
 * const own = updateParts(calibration, rowsOf("mine", 2));
 * const query = { labels: { engine: "mine" }, kind: "tpot", parts: [10] };
 * [calibration, own].map((one) => predictParts(one, query).value.toFixed(0)); // => ["16", "20"]
 */
export function updateParts<L extends object>(
  calibration: PartsCalibration<L>,
  rows: readonly PartsObservation<L>[],
): PartsCalibration<L> {
  requireRows("updateParts", rows);
  if (rows.length === 0) throw new RangeError("updateParts needs a row or more, got none");
  const { hierarchy, tails } = calibration;
  rows.forEach((row, i) => {
    requireObservation(hierarchy, row, `row ${i}`);
  });
  const { columns, posterior } = extendPosterior(calibration, rows);
  const n = rows.length;
  const q = posterior.dense;
  const prepared = rows.map((row) => columns.row(row));
  const scale = Float64Array.from(
    rows,
    (row) => noiseVariance(calibration, row) * (tails < Infinity ? (tails - 2) / tails : 1),
  );
  const weights = new Float64Array(n).fill(1);
  const rest = new Float64Array(n);
  const prior = posterior.mean;
  const theta = prior.slice();
  let along: Float64Array[] = [];
  let factor: Float64Array = new Float64Array(0);
  for (let step = 0; step < steps; step++) {
    const gap = new Float64Array(n);
    prepared.forEach((row, i) => {
      gap[i] = Math.log(rows[i]!.value) - row.linearise(theta);
      row.columns.forEach((c, s) => {
        gap[i]! += row.slopes[s]! * (theta[c]! - prior[c]!);
      });
    });
    const reduced = prepared.map((row) => posterior.reduce(row));
    along = reduced.map((row) => posterior.times(row));
    factor = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) factor[i * n + j] = posterior.between(reduced[i]!, reduced[j]!);
      factor[i * n + i]! += scale[i]! / weights[i]!;
    }
    if (!choleskyFactor(factor, n)) throw new RangeError("the rows contradict one another beyond rounding");
    const solved = gap.slice();
    choleskySolve(factor, n, solved);
    for (let c = 0; c < q; c++) {
      let value = prior[c]!;
      for (let i = 0; i < n; i++) value += along[i]![c]! * solved[i]!;
      theta[c] = value;
    }
    // What a row is off by, and how well that is known, for Student's t.
    for (let i = 0; i < n; i++) {
      const noise = scale[i]! / weights[i]!;
      rest[i] = noise * solved[i]!;
      if (tails === Infinity) continue;
      const unit = new Float64Array(n);
      unit[i] = 1;
      choleskySolve(factor, n, unit);
      const level = Math.max(0, noise - noise * noise * unit[i]!);
      if (step < steps - 1) weights[i] = (tails + 1) / (tails + (rest[i]! ** 2 + level) / scale[i]!);
    }
  }
  const updated = new Posterior(theta, reducedCovariance(posterior, along, factor), posterior.absorbed);
  updated.follow(prior);
  return {
    ...calibration,
    constants: hierarchy.parts.map(({ name }, k) => ({
      name,
      value: Math.exp(theta[k]!),
      deviation: Math.sqrt(updated.covariance[k * q + k]!),
    })),
    nRows: calibration.nRows + n,
    outliers: Array.from(rest, (value, row) => ({
      row,
      ratio: Math.exp(value),
      away: Math.abs(value) / Math.sqrt(scale[row]!),
    })).filter(({ away }) => away > farthest),
    seen: calibration.seen.map((counts, k) => {
      const more = new Map(counts);
      for (const { labels } of rows) {
        const key = hierarchy.novelties![k]!.key(labels);
        more.set(key, (more.get(key) ?? 0) + 1);
      }
      return more;
    }),
    columns,
    posterior: updated,
    fit: undefined,
  };
}

/** C - W W' with W = C A' L'⁻¹, L the factor of R + A C A'. */
function reducedCovariance(
  posterior: Posterior,
  along: readonly Float64Array[],
  factor: Float64Array,
): Float64Array {
  const { dense: q } = posterior;
  const n = along.length;
  const covariance = posterior.covariance.slice();
  const w = Array.from({ length: n }, () => new Float64Array(q));
  const column = new Float64Array(n);
  for (let c = 0; c < q; c++) {
    for (let i = 0; i < n; i++) column[i] = along[i]![c]!;
    choleskyHalfSolve(factor, n, column);
    for (let i = 0; i < n; i++) w[i]![c] = column[i]!;
  }
  for (const own of w) {
    for (let c = 0; c < q; c++) {
      const value = own[c]!;
      if (value === 0) continue;
      for (let d = 0; d < q; d++) covariance[c * q + d]! -= value * own[d]!;
    }
  }
  return covariance;
}
