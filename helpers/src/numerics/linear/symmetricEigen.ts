/**
 * Eigenvalues (ascending) and orthonormal eigenvectors (`vectors[k]` belongs to `values[k]`) of a symmetric matrix
 * (q x q, row-major), by cyclic Jacobi rotations: short, and of a positive definite matrix even the smallest
 * eigenvalue keeps its digits, which methods that go through a tridiagonal form lose (a condition of 1e24 by unequal
 * units leaves 3e-16 here, nothing there).
 *
 * It ends when no entry off the diagonal is above rounding beside the two on it (Demmel and Veselić 1992), after five
 * to eight sweeps.
 */
export function symmetricEigen(
  matrix: Float64Array,
  q: number,
): { values: Float64Array; vectors: Float64Array[] } {
  const a = matrix.slice();
  // Row k becomes the eigenvector of a[k, k]. Of `a` only the diagonal and what is above it stay true.
  const rows = new Float64Array(q * q);
  for (let i = 0; i < q; i++) rows[i * q + i] = 1;
  let turned = q > 1;
  for (let sweep = 0; turned && sweep < 60; sweep++) {
    turned = false;
    for (let i = 0; i < q; i++) {
      for (let j = i + 1; j < q; j++) if (rotate(a, rows, q, i, j)) turned = true;
    }
  }
  const order = Array.from({ length: q }, (_, k) => k).sort((k, l) => a[k * q + k]! - a[l * q + l]!);
  const values = new Float64Array(q);
  const vectors: Float64Array[] = [];
  for (const k of order) {
    values[vectors.length] = a[k * q + k]!;
    vectors.push(rows.slice(k * q, (k + 1) * q));
  }
  return { values, vectors };
}

/** Turns the entry (i, j), i < j, to 0; returns false where it is 0 to rounding already. */
function rotate(a: Float64Array, rows: Float64Array, q: number, i: number, j: number): boolean {
  const entry = a[i * q + j]!;
  const [first, second] = [a[i * q + i]!, a[j * q + j]!];
  const size = Math.abs(entry);
  const rounding = 0.5 * Number.EPSILON * Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(second));
  if (!(size > rounding && size > 1e-300)) return false;
  const tau = (second - first) / (2 * entry);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  // cos = 1 - sin · half: small angles change the entries by little, and the form shows it (Rutishauser).
  const half = sine / (1 + cosine);
  a[i * q + i] = first - tangent * entry;
  a[j * q + j] = second + tangent * entry;
  a[i * q + j] = 0;
  for (let k = 0; k < q; k++) {
    if (k !== i && k !== j) turn(a, k < i ? k * q + i : i * q + k, k < j ? k * q + j : j * q + k, sine, half);
    turn(rows, i * q + k, j * q + k, sine, half);
  }
  return true;
}

function turn(values: Float64Array, at: number, to: number, sine: number, half: number): void {
  const x = values[at]!;
  const y = values[to]!;
  values[at] = x - sine * (y + half * x);
  values[to] = y + sine * (x - half * y);
}
