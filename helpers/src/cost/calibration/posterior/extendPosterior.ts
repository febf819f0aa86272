import { Columns, keyOf } from "../Columns.ts";
import type { PartsQuery } from "../Observation.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import { Posterior } from "./Posterior.ts";

/** Columns and posterior among which every unknown of some rows has a covariance of its own. */
export interface Extended<L> {
  readonly columns: Columns<L>;
  readonly posterior: Posterior;
}

/**
 * Puts the unknowns of rows among those whose covariance is kept: keys that no row has by their prior, eliminated ones
 * with all that they follow from. What else was eliminated follows from the same unknowns as before.
 */
export function extendPosterior<L>(
  calibration: PartsCalibration<L>,
  rows: readonly PartsQuery<L>[],
): Extended<L> {
  const { hierarchy, columns, posterior, spreads } = calibration;
  const { dense, absorbed, mean } = posterior;
  const nParts = hierarchy.parts.length;
  const unknowns = columns.unknowns();
  const fresh = new Map<string, { effect: number; key: string }>();
  const moved = new Set<number>();
  for (const row of rows) {
    for (let effect = 0; effect < hierarchy.effects.length; effect++) {
      const key = keyOf(hierarchy, effect, row);
      if (key === "") continue;
      const column = columns.keys[effect]!.get(key);
      if (column === undefined) fresh.set(`${effect}|${key}`, { effect, key });
      else if (column >= dense) move(column);
    }
  }
  /** An eliminated unknown with those that it follows from. */
  function move(column: number): void {
    if (moved.has(column)) return;
    moved.add(column);
    const f = column - dense;
    for (let s = absorbed.start[f]!; s < absorbed.start[f + 1]!; s++) {
      if (absorbed.columns[s]! >= dense) move(absorbed.columns[s]!);
    }
  }
  const promoted = [...moved].sort((a, b) => a - b);
  const own = [...fresh.values()];
  const head = dense + promoted.length;
  const q = head + own.length;

  const covariance = new Float64Array(q * q);
  for (let c = 0; c < dense; c++) {
    covariance.set(posterior.covariance.subarray(c * dense, (c + 1) * dense), c * q);
  }
  const slopes = Float64Array.of(1);
  const unit = (c: number) => posterior.reduce({ columns: Int32Array.of(c), slopes });
  const units = promoted.map(unit);
  units.forEach((a, i) => {
    const at = dense + i;
    const along = posterior.times(a);
    for (let c = 0; c < dense; c++) covariance[at * q + c] = covariance[c * q + at] = along[c]!;
    for (let j = 0; j <= i; j++) {
      const value = posterior.between(a, units[j]!);
      covariance[at * q + dense + j] = covariance[(dense + j) * q + at] = value;
    }
  });
  own.forEach(({ effect }, i) => {
    covariance[(head + i) * q + head + i] = spreads[hierarchy.effects[effect]!.name]! ** 2;
  });

  // Where the columns go.
  const to = new Int32Array(columns.count);
  for (let c = 0; c < dense; c++) to[c] = c;
  promoted.forEach((c, i) => {
    to[c] = dense + i;
  });
  let next = q;
  const kept: number[] = [];
  for (let c = dense; c < columns.count; c++) {
    if (moved.has(c)) continue;
    to[c] = next++;
    kept.push(c);
  }
  const start = new Int32Array(kept.length + 1);
  const at: number[] = [];
  const values: number[] = [];
  kept.forEach((c, i) => {
    for (let s = absorbed.start[c - dense]!; s < absorbed.start[c - dense + 1]!; s++) {
      at.push(to[absorbed.columns[s]!]!);
      values.push(absorbed.values[s]!);
    }
    start[i + 1] = at.length;
  });
  const newMean = new Float64Array(next);
  for (let c = 0; c < columns.count; c++) newMean[to[c]!] = mean[c]!;
  const order = [...Array.from({ length: dense - nParts }, (_, c) => c + nParts), ...promoted];
  const newUnknowns = [
    ...order.map((c) => unknowns[c - nParts]!),
    ...own,
    ...kept.map((c) => unknowns[c - nParts]!),
  ];
  return {
    columns: new Columns(hierarchy, newUnknowns, q),
    posterior: new Posterior(newMean, covariance, {
      start,
      columns: Int32Array.from(at),
      values: Float64Array.from(values),
      precision: Float64Array.from(kept, (c) => absorbed.precision[c - dense]!),
    }),
  };
}
