/** `sum_i a_i b_i` over the length of a. */
export function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  // Four sums, because one would wait for each addition to finish before the next.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/** Inner products of each vector of `left` with each of `right`, all of one length: `out[i + j left.length]`. */
export function dots(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  out: Float64Array,
): Float64Array {
  const width = left.length;
  // Four by two at a time: each number is read once for two or four products, and no sum waits for another.
  const blocked = width & ~3;
  const paired = right.length & ~1;
  for (let j = 0; j < paired; j += 2) {
    for (let i = 0; i < blocked; i += 4) {
      block(left, i, right[j]!, right[j + 1]!, out, i + j * width, width);
    }
  }
  for (let j = 0; j < right.length; j++) {
    for (let i = j < paired ? blocked : 0; i < width; i++) out[i + j * width] = dot(left[i]!, right[j]!);
  }
  return out;
}

function block(
  left: readonly Float64Array[],
  i: number,
  b: Float64Array,
  c: Float64Array,
  out: Float64Array,
  at: number,
  width: number,
): void {
  const a0 = left[i]!;
  const a1 = left[i + 1]!;
  const a2 = left[i + 2]!;
  const a3 = left[i + 3]!;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  for (let k = 0; k < b.length; k++) {
    const u = b[k]!;
    const v = c[k]!;
    const x0 = a0[k]!;
    const x1 = a1[k]!;
    const x2 = a2[k]!;
    const x3 = a3[k]!;
    b0 += x0 * u;
    b1 += x1 * u;
    b2 += x2 * u;
    b3 += x3 * u;
    c0 += x0 * v;
    c1 += x1 * v;
    c2 += x2 * v;
    c3 += x3 * v;
  }
  out[at] = b0;
  out[at + 1] = b1;
  out[at + 2] = b2;
  out[at + 3] = b3;
  out[at + width] = c0;
  out[at + width + 1] = c1;
  out[at + width + 2] = c2;
  out[at + width + 3] = c3;
}
