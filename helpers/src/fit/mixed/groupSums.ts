/** What a linear mixed model needs of a group: sums over its rows, X for the fixed and Z for the random effects. */
export interface GroupSums {
  readonly xx: Float64Array;
  readonly zz: Float64Array;
  readonly xy: Float64Array;
  /** `Z' [X y]` (r x (p + 1)). */
  readonly zxy: Float64Array;
  readonly yy: number;
}

/**
 * Sums of a group from its rows, Z being some columns of X.
 *
 * @param x rows of X (n x p)
 * @param y the response of each row
 * @param slots the columns of X that are those of Z
 */
export function groupSums(x: Float64Array, y: Float64Array, slots: readonly number[]): GroupSums {
  const n = y.length;
  const p = x.length / n;
  const r = slots.length;
  const xx = new Float64Array(p * p);
  const xy = new Float64Array(p);
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const own = y[i]!;
    yy += own * own;
    for (let a = 0; a < p; a++) {
      const left = x[i * p + a]!;
      xy[a]! += left * own;
      for (let b = 0; b <= a; b++) xx[a * p + b]! += left * x[i * p + b]!;
    }
  }
  for (let a = 0; a < p; a++) for (let b = 0; b < a; b++) xx[b * p + a] = xx[a * p + b]!;
  const zz = Float64Array.from(
    { length: r * r },
    (_, at) => xx[slots[Math.floor(at / r)]! * p + slots[at % r]!]!,
  );
  const zxy = new Float64Array(r * (p + 1));
  slots.forEach((slot, k) => {
    zxy.set(xx.subarray(slot * p, (slot + 1) * p), k * (p + 1));
    zxy[k * (p + 1) + p] = xy[slot]!;
  });
  return { xx, zz, xy, zxy, yy };
}
