/**
 * L⁻¹ b in place, for a factor of `choleskyFactor`: the inner product of two such is that of the vectors in the metric
 * (L L')⁻¹.
 */
export function halfSolved(factor: Float64Array, b: Float64Array): Float64Array {
  const q = b.length;
  for (let i = 0; i < q; i++) {
    let rest = b[i]!;
    for (let k = 0; k < i; k++) rest -= factor[i * q + k]! * b[k]!;
    b[i] = rest / factor[i * q + i]!;
  }
  return b;
}

/** The inner products of vectors, i n + j. */
export function innerProducts(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < vectors[i]!.length; k++) sum += vectors[i]![k]! * vectors[j]![k]!;
      products[i * n + j] = sum;
      products[j * n + i] = sum;
    }
  }
  return products;
}
