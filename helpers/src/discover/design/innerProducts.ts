import { dot } from "../../numerics/linear/dot.ts";

/** The inner products of vectors, i n + j. */
export function innerProducts(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * n + j] = dot(vectors[i]!, vectors[j]!);
      products[j * n + i] = products[i * n + j]!;
    }
  }
  return products;
}
