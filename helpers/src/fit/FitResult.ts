import { inspectHook } from "../format/inspectHook.ts";
import { jupyterDisplay, type MimeBundle } from "../format/jupyterDisplay.ts";
import type { FittedLaw, Law } from "../laws/definition/Law.ts";
import { parameterArray, predict } from "../laws/definition/predict.ts";
import { displayFit } from "./displayFit.ts";
import { explainStatus } from "./explainStatus.ts";
import { type FitRecord, fitRecord } from "./FitRecord.ts";
import { fitStatus } from "./fitStatus.ts";
import { fitSummary, type SummaryOptions } from "./fitSummary.ts";
import type { FitOptions, FitStatus } from "./objective/FitOptions.ts";
import { hashTable } from "./objective/hashTable.ts";
import { lawResiduals } from "./objective/lawResiduals.ts";
import type { Objective } from "./objective/Objective.ts";
import type { Table } from "./objective/readRuns.ts";
import type { Minimum } from "./search/bfgs.ts";
import type { Bootstrap } from "./uncertainty/bootstrap/BootstrapResult.ts";
import { type BootstrapOptions, bootstrap } from "./uncertainty/bootstrap/bootstrap.ts";
import { leaveOneOut } from "./uncertainty/bootstrap/leaveOneOut.ts";
import { type Covariance, type CovarianceOptions, covariance } from "./uncertainty/covariance.ts";
import { type DeltaOptions, deltaInterval } from "./uncertainty/deltaInterval.ts";
import type { Estimate } from "./uncertainty/Estimate.ts";
import type { Interval, PredictionOptions } from "./uncertainty/Interval.ts";
import { predictionInterval } from "./uncertainty/predictionInterval.ts";
import { type Profile, type ProfileOptions, profile } from "./uncertainty/profile/profile.ts";
import type { Quantity } from "./uncertainty/Quantity.ts";

/**
 * A law fitted to runs: immutable. Made by `fit`.
 *
 * @example
 * ```ts
 * import { chinchilla, computeOptimal, fit, huber } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const law = fit(chinchilla, runs, { loss: huber(1e-3) });
 * computeOptimal(law, { flops: 5.88e23 }).tokensPerParam; // => 17.91
 * ```
 */
export class Fit<V extends string = string, P extends string = string, R extends string = string>
  implements FittedLaw<V, P, R>, Estimate<V, P, R>
{
  readonly law: Law<V, P, R>;
  /** The estimates, in the units that the law declares. */
  readonly parameters: Readonly<Record<P, number>>;
  /** The sum that was minimised, at its minimum. */
  readonly objective: number;
  readonly status: FitStatus;
  /** The status in words: what happened, and what to do about it. */
  readonly reason: string;
  /** Number of runs. */
  readonly n: number;
  /** Parameters that were free (neither fixed nor tied to another). */
  readonly freeParameters: number;
  /** 1 = the runs tell the parameters apart perfectly; above 1e7 = not at all. See `flatDirections`. */
  readonly conditionNumber: number;
  /** Combinations of parameters that the runs leave open, flattest first; empty when there are none. */
  readonly flatDirections: readonly Readonly<Record<string, number>>[];
  readonly options: Readonly<FitOptions<P>>;
  /** The runs as columns: `x` as kernels take them (logarithms of positive variables), response `y`, weight `w`. */
  readonly table: Table;
  /** The optimiser's last state, from which bootstraps and profiles start warm. */
  readonly minimum: Minimum;

  constructor(
    law: Law<V, P, R>,
    table: Table,
    options: FitOptions<P>,
    objective: Objective,
    minimum: Minimum,
  ) {
    const theta = new Float64Array(law.parameters.length);
    objective.coordinates.toParameters(minimum.z, theta);
    this.law = law;
    this.table = table;
    this.options = Object.freeze({ ...options });
    this.minimum = minimum;
    this.parameters = Object.freeze(
      Object.fromEntries(law.parameters.map(({ name }, j) => [name, theta[j]!])) as Record<P, number>,
    );
    this.objective = minimum.value;
    this.n = table.n;
    this.freeParameters = objective.coordinates.size;
    const { identification, status, reason } = fitStatus(objective, minimum);
    this.conditionNumber = identification.conditionNumber;
    this.flatDirections = identification.flatDirections;
    this.status = status;
    this.reason = explainStatus(objective, minimum, status, reason);
    // Where its status is told the objective has looked at the minimum last.
    if (minimum.value < Infinity) known.set(this, objective.residual.slice(0, table.n));
    Object.freeze(this);
  }

  /** The fitted response at one point, in the response's unit (nats per token for losses). */
  predict(point: Readonly<Record<V, number>>): number {
    return predict(this.law, this.parameters, point);
  }

  /**
   * The sampling distribution of the parameters, by fitting resampled runs, each started from this fit.
   *
   * Replicate k depends on the seed and k only: the result is the same on one thread and on many.
   *
   * @throws RangeError when an option is not usable; rejects with the signal's reason when aborted.
   *
   * @example
   * ```ts
   * import { chinchilla, fit } from "isoflop";
   * import { chinchillaFigure4 } from "isoflop-datasets";
   * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
   * const replicates = await fit(chinchilla, runs).bootstrap({ resamples: 4000, seed: 42 });
   * replicates.standardErrors.alpha < 0.0162; // => true
   * replicates.interval("alpha", 0.95)[0] > 0.31; // => true
   * ```
   */
  bootstrap(options: BootstrapOptions = {}): Promise<Bootstrap<V, P, R>> {
    return bootstrap(this, options);
  }

  /**
   * Covariance of the parameters: a sandwich `H^-1 (sum s s') H^-1` of the scores s, made up for small samples (`HC3`,
   * default; `HC1`, `HC2`), or the scaled inverse Hessian. Fast, and with the default loss its intervals hold the truth as
   * often as they say from 20 runs on (docs/coverage.md); symmetric, so where a parameter nears a bound prefer `profile`.
   *
   * Source: Huber 1967; White 1982. HC3: MacKinnon and White 1985. Clusters: Liang and Zeger 1986.
   *
   * @example
   * ```ts
   * import { chinchilla, fit } from "isoflop";
   * import { chinchillaFigure4 } from "isoflop-datasets";
   * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
   * fit(chinchilla, runs).covariance().correlation("A", "alpha") > 0.99; // => true
   * ```
   */
  covariance(options: CovarianceOptions = {}): Covariance<P> {
    return covariance(this, options);
  }

  /**
   * Profile-likelihood interval of a parameter or of anything computed from the parameters (such as the optimal nParams
   * of a budget): the values v for which the lowest objective with the quantity held at v is not higher than noise
   * allows. The rise is scaled by the loss's dispersion, so it holds for robust losses too; the limit is Student's t.
   *
   * With the default loss or least squares it holds the truth about as often as it says from 20 runs on; with a fixed delta
   * far below the noise, such as huber(1e-3), from 60, and notes it below (docs/coverage.md).
   *
   * @throws RangeError when the quantity is fixed or does not depend on the parameters.
   *
   * Source: Venzon and Moolgavkar 1988; robust version: Heritier and Ronchetti 1994.
   *
   * @example
   * ```ts
   * import { chinchilla, computeOptimal, fit, withParameters } from "isoflop";
   * import { chinchillaFigure4 } from "isoflop-datasets";
   * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
   * const law = fit(chinchilla, runs);
   * const size = law.profile((p) => computeOptimal(withParameters(chinchilla, p), { flops: 5.88e23 }).nParams);
   * size.interval[0] < size.estimate && size.estimate < size.interval[1]; // => true
   * ```
   */
  profile(quantity: Quantity<P>, options: ProfileOptions = {}): Profile {
    return profile(this, quantity, options);
  }

  /**
   * Interval of a parameter or of anything computed from the parameters by the delta method: estimate ± t standard
   * errors (`HC3` unless told otherwise), the quantity taken as straight over them. Instant, and with the default loss the
   * interval to take: it holds the truth in 93 to 98 % of simulated sweeps of 20 runs and more (docs/coverage.md). Where
   * the quantity bends, `profile` follows it.
   *
   * @throws RangeError when an option is not usable, or the quantity is a parameter that was fixed.
   *
   * @example
   * ```ts
   * import { chinchilla, fit } from "isoflop";
   * import { chinchillaFigure4 } from "isoflop-datasets";
   * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
   * const [low, high] = fit(chinchilla, runs).interval(({ alpha, beta }) => beta / (alpha + beta));
   * low < 0.51 && 0.51 < high; // => true
   * ```
   */
  interval(quantity: Quantity<P>, options: DeltaOptions = {}): Interval {
    return deltaInterval(this, quantity, options);
  }

  /**
   * Interval for the response at a point, by the delta method: for the law's value there (`mean`, default), or for
   * where one more run would land (`new-run`, which adds the residuals' variance).
   */
  predictionInterval(
    point: Readonly<Record<V, number>>,
    options: PredictionOptions & { covariance?: CovarianceOptions["kind"] } = {},
  ): Interval {
    return predictionInterval(this, point, options);
  }

  /**
   * The fit for a reader: law, status, runs, estimates with standard errors, as text, Markdown or LaTeX.
   *
   * @throws RangeError when the format is none of the three.
   *
   * @example
   * ```ts
   * import { chinchilla, fit } from "isoflop";
   * import { chinchillaFigure4 } from "isoflop-datasets";
   * const law = fit(chinchilla, chinchillaFigure4().filter((run) => !run.isOutlier));
   * law.summary({ format: "latex" }).includes("tabular"); // => true
   * ```
   */
  summary(options?: SummaryOptions): string {
    return fitSummary(this as unknown as Fit, options);
  }

  /** The parameters without each run in turn, in the order of the runs, each fit started from this one. */
  leaveOneOut(): readonly Readonly<Record<P, number>>[] {
    return leaveOneOut(this);
  }

  /** Hash of the runs (variables, response, weights): two fits with the same hash saw the same runs. */
  get dataHash(): string {
    return hashTable(this.table);
  }

  /** The fit as a plain record for `JSON.stringify`; `loadFit` reads it back bit for bit. */
  toJSON(): FitRecord {
    return fitRecord(this as unknown as Fit, this);
  }

  [jupyterDisplay](): MimeBundle {
    return displayFit(this as unknown as Fit, this);
  }

  [inspectHook](): string {
    return `${this[jupyterDisplay]()["text/plain"]}`;
  }

  /** Residuals in the order of the runs: of the logarithms, or raw if the fit was asked for that. */
  residuals(): Float64Array {
    const { law, parameters, table, options } = this;
    let found = known.get(this);
    if (!found) {
      found = lawResiduals(law, parameterArray(law, parameters), table, options.residual);
      known.set(this, found);
    }
    return found.slice();
  }
}

/** Residuals that were asked for once are asked for again, by everything that judges a fit. */
const known = new WeakMap<object, Float64Array>();
