import { Columns, keyOf } from "../Columns.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import { Posterior } from "../posterior/Posterior.ts";

/**
 * What a calibration says of some labels, and nothing else: the constants and the deviations of their keys, with the same
 * means and covariances, so that predictions for these labels are the same. A page that offers a few models and machines
 * carries the record of this in place of that of all. Other labels are predicted as if no row had theirs.
 *
 * @param labels all that will be asked about
 * @throws RangeError when there are no labels
 * @example
 * import { calibrateParts, hierarchy, narrowCalibration, predictParts } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const all = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: k * (k % 2 ? 1.5 : 1.7) })));
 * const few = narrowCalibration(all, [{ engine: "a" }]);
 * const query = { labels: { engine: "a" }, kind: "tpot", parts: [10] };
 * [all, few].map((one) => predictParts(one, query).value.toFixed(1)); // => ["15.0", "15.0"]
 */
export function narrowCalibration<L extends object>(
  calibration: PartsCalibration<L>,
  labels: readonly L[],
): PartsCalibration<L> {
  if (!Array.isArray(labels) || labels.length === 0) {
    throw new RangeError(
      "narrowCalibration needs one set of labels or more; give all that will be asked about",
    );
  }
  const { hierarchy, columns, posterior, seen } = calibration;
  const kept = keptColumns(columns, labels);
  const slopes = Float64Array.of(1);
  const reduced = kept.map((c) => posterior.reduce({ columns: Int32Array.of(c), slopes }));
  const covariance = new Float64Array(kept.length * kept.length);
  for (let a = 0; a < kept.length; a++) {
    for (let b = 0; b <= a; b++) {
      const value = posterior.between(reduced[a]!, reduced[b]!);
      covariance[a * kept.length + b] = value;
      covariance[b * kept.length + a] = value;
    }
  }
  const nParts = hierarchy.parts.length;
  const unknowns = columns.unknowns();
  const { fit: _, ...rest } = calibration;
  return {
    ...rest,
    outliers: [],
    seen: seen.map((counts, k) => {
      const asked = new Set(labels.map((own) => hierarchy.novelties![k]!.key(own)));
      return new Map([...counts].filter(([key]) => asked.has(key)));
    }),
    columns: new Columns(
      hierarchy,
      kept.slice(nParts).map((c) => unknowns[c - nParts]!),
      kept.length,
    ),
    posterior: new Posterior(
      Float64Array.from(kept, (c) => posterior.mean[c]!),
      covariance,
      // Nothing follows from others here: what did is among them with its own variance.
      {
        start: new Int32Array(1),
        columns: new Int32Array(0),
        values: new Float64Array(0),
        precision: new Float64Array(0),
      },
    ),
  };
}

/** The constants, and the columns of the keys that the labels have with any kind; those of an effect stand together. */
function keptColumns<L>(columns: Columns<L>, labels: readonly L[]): number[] {
  const { hierarchy, keys } = columns;
  const kept = Array.from(hierarchy.parts, (_, k) => k);
  hierarchy.effects.forEach((_, e) => {
    const own = new Set<number>();
    for (const each of labels) {
      for (const { name: kind } of hierarchy.kinds) {
        const column = keys[e]!.get(keyOf(hierarchy, e, { labels: each, kind, parts: [] }));
        if (column !== undefined) own.add(column);
      }
    }
    kept.push(...[...own].sort((a, b) => a - b));
  });
  return kept;
}
