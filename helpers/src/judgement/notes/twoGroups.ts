/** Two heaps that values fall into. */
export interface TwoGroups {
  readonly lower: { readonly count: number; readonly mean: number };
  readonly upper: { readonly count: number; readonly mean: number };
  /** Distance of the means by the heaps' own standard deviation. */
  readonly separation: number;
}

/** Fewer values have no shape. */
const fewest = 30;
/** A smaller heap is outliers, of which there is another note. */
const smallest = 0.15;
/**
 * The best cut of normal values has heaps 2.7 of their own standard deviations apart, of uniform ones 3.5. With 30 values
 * more than 6 comes by chance in 1 of 2,000 uniform samples, in fewer of normal, Laplace and t (3) ones and those with 5 %
 * of outliers; with 40 in none of 20,000.
 */
const farApart = 6;

/** The cut that leaves least variance (Otsu 1979), neither heap too small to be more than outliers. */
export function bestCut(values: Float64Array): TwoGroups | undefined {
  const n = values.length;
  if (n < fewest) return undefined;
  const sorted = values.slice().sort();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const squares = sorted.reduce((sum, value) => sum + value * value, 0);
  const least = Math.ceil(smallest * n);
  let best: TwoGroups | undefined;
  let least2 = Infinity;
  let sum = 0;
  let square = 0;
  for (let k = 1; k < n; k++) {
    sum += sorted[k - 1]!;
    square += sorted[k - 1]! ** 2;
    if (k < least || n - k < least) continue;
    const [low, high] = [sum / k, (total - sum) / (n - k)];
    const within = square - k * low * low + (squares - square - (n - k) * high * high);
    if (!(within < least2)) continue;
    least2 = within;
    best = {
      lower: { count: k, mean: low },
      upper: { count: n - k, mean: high },
      separation: (high - low) / Math.sqrt(Math.max(within, 0) / (n - 2)),
    };
  }
  return best;
}

/**
 * Whether values are of two kinds: whether the cut that leaves least variance leaves two heaps that are narrow beside
 * their distance (Otsu 1979; Ashman's D of Ashman, Bird and Zepf 1994).
 *
 * @returns undefined where they are one heap, or too few
 */
export function twoGroups(values: Float64Array): TwoGroups | undefined {
  const cut = bestCut(values);
  return cut && cut.separation > farApart ? cut : undefined;
}
