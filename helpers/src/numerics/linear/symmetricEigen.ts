/**
 * Eigenvalues (ascending) and orthonormal eigenvectors (`vectors[k]` belongs to `values[k]`) of a symmetric matrix
 * (q x q, row-major), by cyclic Jacobi rotations: exact enough and short, for the few parameters of a law.
 */
export function symmetricEigen(
  matrix: Float64Array,
  q: number,
): { values: Float64Array; vectors: Float64Array[] } {
  const a = matrix.slice();
  const v = new Float64Array(q * q);
  for (let i = 0; i < q; i++) v[i * q + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let i = 0; i < q; i++) for (let j = 0; j < i; j++) off += a[i * q + j]! ** 2;
    if (off === 0) break;
    for (let i = 0; i < q; i++) {
      for (let j = i + 1; j < q; j++) {
        const apq = a[i * q + j]!;
        if (Math.abs(apq) < 1e-300) {
          a[i * q + j] = 0;
          a[j * q + i] = 0;
          continue;
        }
        const tau = (a[j * q + j]! - a[i * q + i]!) / (2 * apq);
        const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
        const c = 1 / Math.hypot(1, t);
        const s = t * c;
        for (let k = 0; k < q; k++) {
          const x = a[k * q + i]!;
          const y = a[k * q + j]!;
          a[k * q + i] = c * x - s * y;
          a[k * q + j] = s * x + c * y;
        }
        for (let k = 0; k < q; k++) {
          const x = a[i * q + k]!;
          const y = a[j * q + k]!;
          a[i * q + k] = c * x - s * y;
          a[j * q + k] = s * x + c * y;
          const vx = v[k * q + i]!;
          const vy = v[k * q + j]!;
          v[k * q + i] = c * vx - s * vy;
          v[k * q + j] = s * vx + c * vy;
        }
      }
    }
  }
  const order = Array.from({ length: q }, (_, k) => k).sort((k, l) => a[k * q + k]! - a[l * q + l]!);
  return {
    values: Float64Array.from(order, (k) => a[k * q + k]!),
    vectors: order.map((k) => Float64Array.from({ length: q }, (_, i) => v[i * q + k]!)),
  };
}
