/** u' M v for a square matrix, row-major; u' M u where v is left out. */
export function quadraticForm(u: ArrayLike<number>, matrix: Float64Array, v: ArrayLike<number> = u): number {
  const q = u.length;
  let total = 0;
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) total += u[a]! * matrix[a * q + b]! * v[b]!;
  }
  return total;
}
