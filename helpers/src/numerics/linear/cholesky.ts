/**
 * Factors a symmetric positive definite matrix (q x q, row-major, lower triangle read) in place as L L^T.
 * Returns false, leaving the matrix unusable, when it is not positive definite to working precision.
 */
export function choleskyFactor(a: Float64Array, q: number): boolean {
  for (let j = 0; j < q; j++) {
    const original = a[j * q + j]!;
    let diagonal = original;
    for (let k = 0; k < j; k++) diagonal -= a[j * q + k]! * a[j * q + k]!;
    if (!(diagonal > original * 1e-15)) return false;
    const root = Math.sqrt(diagonal);
    a[j * q + j] = root;
    for (let i = j + 1; i < q; i++) {
      let sum = a[i * q + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * q + k]! * a[j * q + k]!;
      a[i * q + j] = sum / root;
    }
  }
  return true;
}

/**
 * Solves L x = b in place, given the factor: the inner product of two such x is that of their b in the metric of the matrix's
 * inverse.
 */
export function choleskyHalfSolve(factor: Float64Array, q: number, b: Float64Array): void {
  for (let i = 0; i < q; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * q + k]! * b[k]!;
    b[i] = sum / factor[i * q + i]!;
  }
}

/** Solves L L^T x = b in place, given the factor. */
export function choleskySolve(factor: Float64Array, q: number, b: Float64Array): void {
  choleskyHalfSolve(factor, q, b);
  for (let i = q - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < q; k++) sum -= factor[k * q + i]! * b[k]!;
    b[i] = sum / factor[i * q + i]!;
  }
}

/** Inverse of a symmetric positive definite matrix, or undefined where it is not one. */
export function choleskyInverse(a: Float64Array, q: number): Float64Array | undefined {
  const factor = a.slice();
  if (!choleskyFactor(factor, q)) return undefined;
  const inverse = new Float64Array(q * q);
  const column = new Float64Array(q);
  for (let j = 0; j < q; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(factor, q, column);
    for (let i = 0; i < q; i++) inverse[i * q + j] = column[i]!;
  }
  return inverse;
}
