import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { objectiveOf } from "../objective/objectiveOf.ts";
import { type CovarianceKind, covarianceKinds, defaultKind } from "./CovarianceKind.ts";
import { type ClusterKeys, checkClusters } from "./clusterKeys.ts";
import { coordinateCovariance } from "./coordinateCovariance.ts";
import { type Estimate, unidentified } from "./Estimate.ts";
import { boundNote, curvatureNote } from "./methodNotes.ts";

/** What `Fit.covariance` assumes of the noise. */
export interface CovarianceOptions {
  /**
   * `HC3` (default, but with clusters), `HC2` and `HC1` (also called `sandwich`, default with clusters) hold whatever the
   * noise's distribution, also when it differs between runs. `hessian` assumes the same noise for every run. With 20 runs
   * and a delta far below the noise, such as huber(1e-3), all but `HC3` hold the truth in 85 to 94 % where 95 is meant;
   * with the default loss `HC1` and `HC2` hold it in 92 to 96.
   */
  readonly kind?: CovarianceKind;
  /** For `sandwich`: one key per run; runs with the same key may be correlated. Ten clusters at least. */
  readonly clusters?: ClusterKeys;
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
  /** What is to be kept in mind, in words; empty where there is nothing. */
  readonly notes: readonly string[];
}

/** See `Fit.covariance`. */
export function covariance<P extends string>(
  estimate: Estimate<string, P, string>,
  options: CovarianceOptions = {},
): Covariance<P> {
  requireOptions("covariance", options, ["kind", "clusters"]);
  const { clusters, kind = defaultKind(clusters) } = options;
  requireOneOf("kind", kind, covarianceKinds);
  const { law, table, parameters, minimum } = estimate;
  const note = clusters && checkClusters(clusters, table.n, kind);
  const objective = objectiveOf(estimate);
  const q = minimum.z.length;
  const open = unidentified(estimate);
  const narrow = clusters || kind === "HC3" ? undefined : curvatureNote(estimate, kind);
  const { ofCoordinates, freedom } = open
    ? { ofCoordinates: new Float64Array(q * q).fill(Infinity), freedom: table.n - q }
    : coordinateCovariance(objective, minimum.z, kind, clusters);

  const spent =
    freedom < 1
      ? `${table.n} runs for ${q} parameters leave nothing to tell the noise by, so nothing is known for sure`
      : undefined;
  const names = law.parameters.map(({ name }) => name);
  const bound = open ? undefined : boundNote(objective, minimum.z);
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
      const { log } = objective.coordinates.free[k] ?? {};
      if (k < 0) return [value, value];
      if (open) return [log ? 0 : -Infinity, Infinity];
      const t = studentTQuantile((1 + level) / 2, Math.max(freedom, 1));
      const reach = t * Math.sqrt(ofCoordinates[k * q + k]!);
      return log ? [value * Math.exp(-reach), value * Math.exp(reach)] : [value - reach, value + reach];
    },
    ofCoordinates,
    freedom,
    notes: Object.freeze([note, open ?? spent ?? narrow, bound].filter((text) => text !== undefined)),
  });
}
