import { quantileOfSorted } from "./quantile.ts";

/** So many values are sorted in a moment, and tell where the middle of more of them is to a third of a per cent. */
const pilotRows = 20_000;

/** How far around the middle of such a part the middle of all is looked for: five standard errors of its rank. */
const reach = 2.5 / Math.sqrt(pilotRows);

/**
 * Median of values; of an even number of them the mean of the middle two. Exact, also of a million: a part of them says
 * between which values it lies, and only those are sorted.
 *
 * Source: after Floyd and Rivest 1975 (algorithm 489), in one pass.
 *
 * @returns NaN of no values
 */
export function median(values: Float64Array): number {
  const n = values.length;
  if (n > pilotRows) {
    const pilot = new Float64Array(pilotRows);
    for (let k = 0; k < pilotRows; k++) pilot[k] = values[Math.floor((k * n) / pilotRows)]!;
    pilot.sort();
    const [low, high] = [quantileOfSorted(pilot, 0.5 - reach), quantileOfSorted(pilot, 0.5 + reach)];
    const found = middleBetween(values, low, high);
    if (found !== undefined) return found;
  }
  return quantileOfSorted(values.slice().sort(), 0.5);
}

/** The middle of all values where it lies from low to high; undefined where the part was no sample of them. */
function middleBetween(values: Float64Array, low: number, high: number): number | undefined {
  const n = values.length;
  const kept = new Float64Array(n);
  let [below, count] = [0, 0];
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    if (value < low) below += 1;
    else if (value <= high) kept[count++] = value;
  }
  const first = Math.floor((n - 1) / 2) - below;
  const last = Math.ceil((n - 1) / 2) - below;
  if (!(first >= 0 && last < count)) return undefined;
  const middle = kept
    .subarray(0, count)
    .sort()
    .subarray(first, last + 1);
  return quantileOfSorted(middle, 0.5);
}
