/** Below this a value counts as 0, which has a bin of its own. */
const zero = 1e-35;
const mostBins = 255;
const leastInBin = 3;

/**
 * Upper ends of the bins of one feature that is >= 0, the last Infinity: a bin for zeros, and the other values in bins of
 * three runs or more, at most 255 in all, with ends half-way between neighbouring values.
 *
 * Source: LightGBM 4, `GreedyFindBin` and `FindBinWithZeroAsOneBin` (MIT), whose defaults these are.
 */
export function featureBins(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value <= zero) continue;
    if (value === distinct.at(-1)) counts[counts.length - 1]!++;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return Float64Array.of(Infinity);
  const ends =
    distinct.length <= mostBins - 1 ? smallBins(distinct, counts) : evenBins(distinct, counts, total);
  return Float64Array.from([zero, ...ends, Infinity]);
}

function smallBins(distinct: readonly number[], counts: readonly number[]): number[] {
  const ends: number[] = [];
  let held = 0;
  for (let i = 0; i + 1 < distinct.length; i++) {
    held += counts[i]!;
    if (held < leastInBin) continue;
    ends.push(between(distinct[i]!, distinct[i + 1]!));
    held = 0;
  }
  return ends;
}

/** The middle of two values, and a rounding more: a value that is written as the middle belongs below it. */
const between = (a: number, b: number) => ((a + b) / 2) * (1 + Number.EPSILON);

/** Bins of about equal counts; values that alone would fill one have one. */
function evenBins(distinct: readonly number[], counts: readonly number[], total: number): number[] {
  const most = Math.max(1, Math.min(mostBins - 1, Math.floor(total / leastInBin)));
  const first = total / most;
  const isBig = counts.map((count) => count >= first);
  let binsLeft = most - isBig.filter((big) => big).length;
  let runsLeft = total - counts.reduce((sum, count, i) => sum + (isBig[i] ? count : 0), 0);
  let size = runsLeft / binsLeft;
  const ends: number[] = [];
  let held = 0;
  for (let i = 0; i + 1 < distinct.length; i++) {
    if (!isBig[i]) runsLeft -= counts[i]!;
    held += counts[i]!;
    if (!isBig[i] && held < size && !(isBig[i + 1] && held >= Math.max(1, size / 2))) continue;
    ends.push(between(distinct[i]!, distinct[i + 1]!));
    if (ends.length >= most - 1) break;
    held = 0;
    if (!isBig[i]) {
      binsLeft--;
      size = runsLeft / binsLeft;
    }
  }
  return ends;
}

/** The bin of a value: the first whose upper end it does not exceed. */
export function binOf(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
