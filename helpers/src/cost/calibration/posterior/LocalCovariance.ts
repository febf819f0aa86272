import type { PartsRow } from "./PartsRow.ts";
import type { Posterior } from "./Posterior.ts";

/** Rows with other labels than the last so many have to be worked out anew. */
const most = 512;

const cacheOf = new WeakMap<Posterior, Map<string, LocalCovariance | undefined>>();

/** Covariance of the constants and of the deviations that rows with the same labels have: 28² products a prediction. */
export class LocalCovariance {
  private readonly nParts: number;
  private readonly size: number;
  private readonly matrix: Float64Array;
  private readonly vector: Float64Array;

  constructor(posterior: Posterior, row: PartsRow, nParts: number) {
    const own = [...Array.from({ length: nParts }, (_, k) => k), ...row.columns.subarray(row.nParts)];
    const size = own.length;
    this.nParts = nParts;
    this.size = size;
    this.vector = new Float64Array(size);
    this.matrix = new Float64Array(size * size);
    const slopes = Float64Array.of(1);
    const reduced = own.map((c) => posterior.reduce({ columns: Int32Array.of(c), slopes }));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const value = posterior.between(reduced[a]!, reduced[b]!);
        this.matrix[a * size + b] = value;
        this.matrix[b * size + a] = value;
      }
    }
  }

  /** Variance of what is known of a row. */
  variance(row: PartsRow): number {
    const { nParts, size, matrix, vector } = this;
    vector.fill(0);
    for (let s = 0; s < row.nParts; s++) vector[row.columns[s]!] = row.slopes[s]!;
    for (let e = nParts; e < size; e++) vector[e] = row.slopes[row.nParts + e - nParts]!;
    let total = 0;
    for (let a = 0; a < size; a++) {
      const value = vector[a]!;
      if (value === 0) continue;
      let sum = (value * matrix[a * size + a]!) / 2;
      for (let b = 0; b < a; b++) sum += vector[b]! * matrix[a * size + b]!;
      total += 2 * value * sum;
    }
    return total;
  }
}

/**
 * Variance of what is known of a row. Labels that come for the second time are worked out once and for all: a search asks
 * for the same ones ten thousand times, a table of measurements for each but once.
 */
export function knownVariance(posterior: Posterior, row: PartsRow, nParts: number): number {
  let cache = cacheOf.get(posterior);
  if (!cache) {
    cache = new Map();
    cacheOf.set(posterior, cache);
  }
  let signature = "";
  for (let s = row.nParts; s < row.columns.length; s++) signature += `${row.columns[s]},`;
  let local = cache.get(signature);
  if (!local) {
    const isSecond = cache.has(signature);
    if (!isSecond && cache.size >= most) cache.clear();
    cache.set(signature, undefined);
    if (!isSecond) {
      const reduced = posterior.reduce(row);
      return posterior.between(reduced, reduced);
    }
    local = new LocalCovariance(posterior, row, nParts);
    cache.set(signature, local);
  }
  return local.variance(row);
}
