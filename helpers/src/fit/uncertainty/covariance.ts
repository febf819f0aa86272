import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { curvatureAt } from "./curvature.ts";
import type { Estimate } from "./Estimate.ts";

/** What `Fit.covariance` assumes of the noise. */
export interface CovarianceOptions {
  /**
   * `sandwich` (default): holds whatever the noise's distribution, also when it differs between runs. `hessian`:
   * assumes the same noise for every run.
   */
  readonly kind?: "sandwich" | "hessian";
  /** For `sandwich`: one key per run; runs with the same key may be correlated. */
  readonly clusters?: readonly (string | number)[];
}

/** Large-sample covariance of a fit's parameters. Made by `Fit.covariance`. */
export interface Covariance<P extends string = string> {
  readonly standardErrors: Readonly<Record<P, number>>;
  /** Covariance of two parameters, in the product of their units. */
  between(a: P, b: P): number;
  /** Correlation of two parameters: near 1 or -1 means that the runs hardly tell them apart. */
  correlation(a: P, b: P): number;
  /**
   * Wald interval, by Student's t on the coordinate of the search: positive parameters that span decades (such as A)
   * get it on their logarithm, so it never leaves their domain.
   */
  interval(name: P, level?: number): readonly [number, number];
  /** Covariance of the optimiser's coordinates (q x q, row-major), for derived quantities. */
  readonly ofCoordinates: Float64Array;
  /** Runs minus free parameters. */
  readonly freedom: number;
}

/** See `Fit.covariance`. */
export function covariance<P extends string>(
  estimate: Estimate<string, P, string>,
  options: CovarianceOptions = {},
): Covariance<P> {
  requireOptions("covariance", options, ["kind", "clusters"]);
  const { kind = "sandwich", clusters } = options;
  requireOneOf("kind", kind, ["sandwich", "hessian"]);
  const { law, table, parameters, minimum } = estimate;
  if (clusters && clusters.length !== table.n) {
    throw new RangeError(`clusters must have one key per run (${table.n}), got ${clusters.length}`);
  }
  const objective = objectiveOf(estimate);
  const { z } = minimum;
  const q = z.length;
  const { hessian, scores, dispersion, freedom } = curvatureAt(objective, z);
  const held = objective.coordinates.free.map(({ lower, upper }, k) => z[k]! <= lower || z[k]! >= upper);
  const bread = inverseOfFree(hessian, q, held);
  const meat = kind === "sandwich" ? scoreProducts(scores, table.n, q, clusters) : undefined;
  const groups = clusters ? new Set(clusters).size : table.n;
  const correction = clusters ? groups / Math.max(groups - 1, 1) : table.n / Math.max(freedom, 1);
  const ofCoordinates = meat
    ? multiply(multiply(bread, meat, q), bread, q).map((entry) => entry * correction)
    : bread.map((entry) => entry * dispersion);

  const names = law.parameters.map(({ name }) => name);
  const slotOf = (name: P) => objective.coordinates.slot[indexOfName(names, name)]!;
  const slope = (name: P) => (objective.coordinates.free[slotOf(name)]?.log ? parameters[name] : 1);
  const between = (a: P, b: P) => {
    const [k, l] = [slotOf(a), slotOf(b)];
    return k < 0 || l < 0 ? 0 : ofCoordinates[k * q + l]! * slope(a) * slope(b);
  };
  const standardErrors = Object.fromEntries(names.map((name) => [name, Math.sqrt(between(name, name))]));
  return Object.freeze({
    standardErrors: Object.freeze(standardErrors) as Readonly<Record<P, number>>,
    between,
    correlation: (a: P, b: P) => between(a, b) / Math.sqrt(between(a, a) * between(b, b)),
    interval(name: P, level = 0.95): readonly [number, number] {
      const k = slotOf(name);
      const value = parameters[name];
      if (k < 0) return [value, value];
      const t = studentTQuantile((1 + level) / 2, freedom);
      const reach = t * Math.sqrt(ofCoordinates[k * q + k]!);
      return objective.coordinates.free[k]!.log
        ? [value * Math.exp(-reach), value * Math.exp(reach)]
        : [value - reach, value + reach];
    },
    ofCoordinates,
    freedom,
  });
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
