/**
 * A group's rows turned by the orthogonal Q of `Z = Q [R; 0]`, Z being some columns of X: only the first rows know of the
 * random effects. What the likelihood adds up of them is a sum of squares, so that noise a millionth of the scatter among
 * groups is not lost in a difference of large numbers.
 */
export interface GroupRows {
  /** Number of the first rows: as many as random effects, or as runs where there are fewer. */
  readonly k: number;
  /** R (k x r). */
  readonly r: Float64Array;
  /** The first rows of `Q' [X y]` (k x (p + 1)). */
  readonly xy: Float64Array;
  /** `[X y]' [X y]` of the other rows ((p + 1) x (p + 1)). */
  readonly rest: Float64Array;
}

/**
 * Turns a group's rows by Householder's reflections.
 *
 * @param x rows of X (n x p)
 * @param y the response of each row
 * @param slots the columns of X that are those of Z
 */
export function groupRows(x: Float64Array, y: Float64Array, slots: readonly number[]): GroupRows {
  const n = y.length;
  const p = x.length / n;
  const width = p + 1;
  const k = Math.min(n, slots.length);
  const rows = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < p; a++) rows[i * width + a] = x[i * p + a]!;
    rows[i * width + p] = y[i]!;
  }
  for (let step = 0; step < k; step++) reflect(rows, n, width, step, slots[step]!);
  const r = new Float64Array(k * slots.length);
  slots.forEach((slot, column) => {
    for (let i = 0; i < k; i++) r[i * slots.length + column] = rows[i * width + slot]!;
  });
  const rest = new Float64Array(width * width);
  for (let i = k; i < n; i++) {
    // What was reflected away is nothing but rounding.
    for (const slot of slots.slice(0, k)) rows[i * width + slot] = 0;
    for (let a = 0; a < width; a++) {
      for (let b = 0; b <= a; b++) rest[a * width + b]! += rows[i * width + a]! * rows[i * width + b]!;
    }
  }
  return { k, r, xy: rows.slice(0, k * width), rest };
}

/** Reflects the rows from `from` on, so that a column keeps nothing below its first entry there. */
function reflect(rows: Float64Array, n: number, width: number, from: number, column: number): void {
  let largest = 0;
  for (let i = from; i < n; i++) largest = Math.max(largest, Math.abs(rows[i * width + column]!));
  if (!(largest > 0)) return;
  let squares = 0;
  for (let i = from; i < n; i++) squares += (rows[i * width + column]! / largest) ** 2;
  const size = largest * Math.sqrt(squares);
  const first = rows[from * width + column]!;
  const v = new Float64Array(n);
  for (let i = from; i < n; i++) v[i] = rows[i * width + column]! / size;
  v[from]! += first < 0 ? -1 : 1;
  const half = v[from]! * (first < 0 ? -1 : 1);
  for (let a = 0; a < width; a++) {
    let sum = 0;
    for (let i = from; i < n; i++) sum += v[i]! * rows[i * width + a]!;
    sum /= half;
    for (let i = from; i < n; i++) rows[i * width + a]! -= sum * v[i]!;
  }
}
