import { mean } from "../mean.ts";

/**
 * Covariance of columns of equal length (q x q, row-major).
 *
 * @param below what the sums of products are divided by: n - 1 for a sample, n for a whole
 */
export function covarianceMatrix(columns: readonly Float64Array[], below: number): Float64Array {
  const q = columns.length;
  const means = columns.map(mean);
  const covariance = new Float64Array(q * q);
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      let sum = 0;
      for (let i = 0; i < columns[a]!.length; i++) {
        sum += (columns[a]![i]! - means[a]!) * (columns[b]![i]! - means[b]!);
      }
      covariance[a * q + b] = sum / below;
    }
  }
  return covariance;
}
