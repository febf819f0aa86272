import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import type { Objective } from "../objective/Objective.ts";
import type { CovarianceKind } from "./CovarianceKind.ts";
import type { ClusterKeys } from "./clusterKeys.ts";
import { curvatureAt } from "./curvature.ts";

/**
 * Covariance of the optimiser's coordinates at z (q x q, row-major), and runs minus free coordinates. Infinite where no run
 * is left over to tell the noise by.
 */
export function coordinateCovariance(
  objective: Objective,
  z: Float64Array,
  kind: CovarianceKind,
  clusters?: ClusterKeys,
): { ofCoordinates: Float64Array; freedom: number } {
  const q = z.length;
  const { n, w, coordinates } = objective;
  const { hessian, beliefs, scores, pulls, jacobian, dispersion, freedom } = curvatureAt(objective, z);
  if (freedom < 1) return { ofCoordinates: new Float64Array(q * q).fill(Infinity), freedom };
  const held = coordinates.free.map(({ lower, upper }, k) => z[k]! <= lower || z[k]! >= upper);
  const bread = inverseOfFree(hessian, q, held);
  if (bread.includes(Infinity)) return { ofCoordinates: bread, freedom };
  if (kind === "hessian") return { ofCoordinates: bread.map((entry) => entry * dispersion), freedom };
  if (kind === "HC2" || kind === "HC3") {
    // Leverages of the design, without the law's second derivatives: they lie between 0 and 1 wherever the minimum is.
    const ofRuns = weightedProducts(jacobian, pulls, n, q);
    for (let a = 0; a < q; a++) ofRuns[a * q + a]! += beliefs[a]!;
    const design = inverseOfFree(ofRuns, q, held);
    for (let i = 0; i < n; i++) {
      const rest = Math.max(1e-2, 1 - pulls[i]! * quadratic(design, jacobian, i * q, q));
      const share = kind === "HC3" ? 1 / rest : 1 / Math.sqrt(rest);
      for (let a = 0; a < q; a++) scores[i * q + a]! *= share;
    }
  }
  const own = kind === "sandwich" || kind === "HC1";
  // A run of weight 0 is none.
  const isUsed = (_: unknown, i: number) => w[i]! > 0;
  const groups = new Set(clusters?.filter(isUsed)).size;
  const used = w.filter(isUsed).length;
  const correction = clusters ? groups / (groups - 1) : own ? used / Math.max(freedom, 1) : 1;
  const meat = scoreProducts(scores, n, q, clusters).map((entry) => entry * correction);
  // A prior is one more observation, of known noise: its score has the variance of its curvature times the dispersion.
  for (let a = 0; a < q; a++) meat[a * q + a]! += dispersion * beliefs[a]!;
  const ofCoordinates = multiply(multiply(bread, meat, q), bread, q);
  return { ofCoordinates, freedom };
}

/** `s' C s`: the variance of what has the slope s. A direction that is open counts where the slope goes along it. */
export function varianceAlong(slope: Float64Array, ofCoordinates: Float64Array): number {
  const q = slope.length;
  let variance = 0;
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      if (slope[a] === 0 || slope[b] === 0) continue;
      const entry = ofCoordinates[a * q + b]!;
      // Infinities of either sign do not cancel.
      if (entry === Infinity) return Infinity;
      variance += slope[a]! * slope[b]! * entry;
    }
  }
  return variance;
}

/** `J_i' B J_i` of the row that begins at `from`. */
export function quadratic(b: Float64Array, rows: Float64Array, from: number, q: number): number {
  let total = 0;
  for (let a = 0; a < q; a++) {
    for (let c = 0; c < q; c++) total += rows[from + a]! * b[a * q + c]! * rows[from + c]!;
  }
  return total;
}

/** Inverse over the coordinates that are not on a bound; rows and columns of those that are stay zero. */
function inverseOfFree(hessian: Float64Array, q: number, held: readonly boolean[]): Float64Array {
  const kept = held.flatMap((h, k) => (h ? [] : [k]));
  const m = kept.length;
  const inner = Float64Array.from(
    { length: m * m },
    (_, at) => hessian[kept[Math.floor(at / m)]! * q + kept[at % m]!]!,
  );
  const inverse = choleskyInverse(inner, m) ?? new Float64Array(m * m).fill(Infinity);
  const out = new Float64Array(q * q);
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) out[kept[a]! * q + kept[b]!] = inverse[a * m + b]!;
  return out;
}

/** `sum_i c_i J_i J_i'` */
function weightedProducts(rows: Float64Array, c: Float64Array, n: number, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) out[a * q + b]! += c[i]! * rows[i * q + a]! * rows[i * q + b]!;
    }
  }
  return out;
}

function scoreProducts(
  scores: Float64Array,
  n: number,
  q: number,
  clusters?: readonly (string | number)[],
): Float64Array {
  const sums = new Map<string | number, Float64Array>();
  for (let i = 0; i < n; i++) {
    const key = clusters ? clusters[i]! : i;
    const sum = sums.get(key) ?? new Float64Array(q);
    for (let a = 0; a < q; a++) sum[a]! += scores[i * q + a]!;
    sums.set(key, sum);
  }
  const meat = new Float64Array(q * q);
  for (const sum of sums.values()) {
    for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) meat[a * q + b]! += sum[a]! * sum[b]!;
  }
  return meat;
}

function multiply(a: Float64Array, b: Float64Array, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let k = 0; k < q; k++) {
      for (let j = 0; j < q; j++) out[i * q + j]! += a[i * q + k]! * b[k * q + j]!;
    }
  }
  return out;
}
