import { jupyterDisplay, type MimeBundle } from "../../format/jupyterDisplay.ts";
import { parameterArray, pointColumns } from "../../laws/definition/predict.ts";
import { normalCdf, normalQuantile } from "../../numerics/distributions/normal.ts";
import { mean } from "../../numerics/mean.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import { Random } from "../../numerics/random/Random.ts";
import { requireLevel } from "../../numerics/requireNumber.ts";
import { standardDeviation } from "../../numerics/standardDeviation.ts";
import { version } from "../../version.ts";
import { displayBootstrap, inspectHook } from "../displayFit.ts";
import type { Fit } from "../FitResult.ts";
import { groupCount, Resampler, type ResamplingTask } from "./Resampler.ts";

export type Interval = readonly [low: number, high: number];

export interface IntervalOptions {
  /**
   * `percentile` (default): quantiles of the replicates (type 7). `bca`: corrected for bias and for a spread that
   * changes with the parameter; needs a leave-one-out pass, made once.
   */
  readonly method?: "percentile" | "bca";
}

export interface PredictionOptions {
  readonly level?: number;
  /** `mean` (default): where the law's value lies. `new-run`: where one more run would land, with its noise. */
  readonly kind?: "mean" | "new-run";
}

/** A parameter's name, or any quantity computed from the parameters. */
export type Quantity<P extends string> = P | ((parameters: Readonly<Record<P, number>>) => number);

/**
 * The replicates of a bootstrap. Made by `Fit.bootstrap`.
 *
 * @example
 * ```ts
 * import { chinchilla, computeOptimal, fit, withParameters } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const replicates = await fit(chinchilla, runs).bootstrap({ resamples: 200, seed: 1 });
 * const exponent = replicates.interval(({ alpha, beta }) => beta / (alpha + beta), 0.8);
 * exponent[0] < 0.5139 && 0.5139 < exponent[1]; // => true
 * ```
 */
export class Bootstrap<V extends string = string, P extends string = string, R extends string = string> {
  readonly resamples: number;
  readonly seed: number;
  readonly kind: ResamplingTask["kind"];
  /** Replicates of each parameter, in the order of the replicates. */
  readonly samples: Readonly<Record<P, Float64Array>>;
  /** Objective of each replicate at its own minimum. */
  readonly objectives: Float64Array;
  /** Standard deviation of each parameter over the replicates. */
  readonly standardErrors: Readonly<Record<P, number>>;
  /** Replicates whose search did not converge; they are kept. */
  readonly unconverged: number;
  private readonly fit: Fit<V, P, R>;
  private readonly task: ResamplingTask;
  private readonly rows: Float64Array;
  private readonly jackknife: { rows?: Float64Array } = {};

  constructor(
    fit: Fit<V, P, R>,
    task: ResamplingTask,
    results: { samples: Float64Array; values: Float64Array; converged: Uint8Array },
  ) {
    const names = fit.law.parameters.map(({ name }) => name);
    const count = results.values.length;
    this.fit = fit;
    this.task = task;
    this.rows = results.samples;
    this.resamples = count;
    this.seed = task.seed;
    this.kind = task.kind;
    this.objectives = results.values;
    this.unconverged = results.converged.reduce((total, ok) => total + (ok ? 0 : 1), 0);
    const columns = names.map(
      (name, j) => [name, columnOf(results.samples, names.length, j, count)] as const,
    );
    this.samples = Object.freeze(Object.fromEntries(columns)) as Readonly<Record<P, Float64Array>>;
    this.standardErrors = Object.freeze(
      Object.fromEntries(columns.map(([name, column]) => [name, standardDeviation(column)])),
    ) as Readonly<Record<P, number>>;
    Object.freeze(this);
  }

  /** Replicates of a parameter or of a quantity computed from the parameters. */
  values(quantity: Quantity<P>): Float64Array {
    return typeof quantity === "function"
      ? evaluateRows(this.fit, this.rows, quantity)
      : this.samples[quantity];
  }

  /**
   * An interval that should cover the quantity's true value with probability `level`.
   *
   * @throws RangeError when level is not between 0 and 1 or the parameter is unknown.
   */
  interval(quantity: Quantity<P>, level = 0.95, { method = "percentile" }: IntervalOptions = {}): Interval {
    requireLevel(level);
    if (typeof quantity !== "function" && !this.samples[quantity]) {
      throw new RangeError(
        `no parameter is called ${quantity}; there are ${Object.keys(this.samples).join(", ")}`,
      );
    }
    const sorted = this.values(quantity).slice().sort();
    const tail = (1 - level) / 2;
    if (method === "percentile") return [quantileOfSorted(sorted, tail), quantileOfSorted(sorted, 1 - tail)];
    const { bias, acceleration } = this.correction(quantity, sorted);
    const limit = (share: number) => {
      const u = bias + normalQuantile(share);
      return quantileOfSorted(sorted, normalCdf(bias + u / (1 - acceleration * u)));
    };
    return [limit(tail), limit(1 - tail)];
  }

  /** Standard deviation of a quantity over the replicates. */
  standardError(quantity: Quantity<P>): number {
    return standardDeviation(this.values(quantity));
  }

  /** Covariance of two quantities over the replicates. */
  covariance(a: Quantity<P>, b: Quantity<P>): number {
    const [x, y] = [this.values(a), this.values(b)];
    const [mx, my] = [mean(x), mean(y)];
    let total = 0;
    for (let k = 0; k < x.length; k++) total += (x[k]! - mx) * (y[k]! - my);
    return total / (x.length - 1);
  }

  /** Standard errors, intervals and samples with what they were made from, for `JSON.stringify`. */
  toJSON() {
    const names = Object.keys(this.samples) as P[];
    return {
      format: "isoflop-bootstrap",
      version,
      law: this.fit.law.name,
      dataHash: this.fit.dataHash,
      kind: this.kind,
      seed: this.seed,
      resamples: this.resamples,
      unconverged: this.unconverged,
      standardErrors: this.standardErrors,
      intervals95: Object.fromEntries(names.map((name) => [name, this.interval(name, 0.95)])),
      samples: Object.fromEntries(names.map((name) => [name, Array.from(this.samples[name])])),
    };
  }

  [jupyterDisplay](): MimeBundle {
    return displayBootstrap(this);
  }

  [inspectHook](): string {
    return String(displayBootstrap(this)["text/plain"]);
  }

  /** An interval for the response at a point: for the law's value there, or for one more run. */
  predictionInterval(
    point: Readonly<Record<V, number>>,
    { level = 0.95, kind = "mean" }: PredictionOptions = {},
  ): Interval {
    requireLevel(level);
    const { law, options } = this.fit;
    const columns = pointColumns(law, point);
    const value = new Float64Array(1);
    const slope = new Float64Array(law.parameters.length);
    const noise = kind === "new-run" ? this.fit.residuals() : undefined;
    const random = new Random(this.seed, -1);
    const p = slope.length;
    const draws = new Float64Array(this.resamples);
    for (let k = 0; k < draws.length; k++) {
      law.evaluate(this.rows.subarray(k * p, (k + 1) * p), columns, 1, value, slope);
      const residual = noise ? noise[random.below(noise.length)]! : 0;
      draws[k] = options.residual === "raw" ? value[0]! - residual : value[0]! * Math.exp(-residual);
    }
    draws.sort();
    const tail = (1 - level) / 2;
    return [quantileOfSorted(draws, tail), quantileOfSorted(draws, 1 - tail)];
  }

  /** Efron's bias and acceleration (Efron 1987, "Better bootstrap confidence intervals"). */
  private correction(quantity: Quantity<P>, sorted: Float64Array): { bias: number; acceleration: number } {
    const { fit } = this;
    const all = parameterArray(fit.law, fit.parameters);
    const quantityOf = (rows: Float64Array) => {
      if (typeof quantity === "function") return evaluateRows(fit, rows, quantity);
      const j = fit.law.parameters.findIndex(({ name }) => name === quantity);
      return columnOf(rows, all.length, j, rows.length / all.length);
    };
    const estimate = quantityOf(all)[0]!;
    let below = 0;
    while (below < sorted.length && sorted[below]! < estimate) below++;
    const share = Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length;
    this.jackknife.rows ??= leaveOneOutRows(this.task);
    const left = quantityOf(this.jackknife.rows);
    const centre = mean(left);
    let square = 0;
    let cube = 0;
    for (const value of left) {
      square += (centre - value) ** 2;
      cube += (centre - value) ** 3;
    }
    return { bias: normalQuantile(share), acceleration: square > 0 ? cube / (6 * square ** 1.5) : 0 };
  }
}

/** Parameters fitted without each run (or cluster) in turn, row by row, each started from the full fit. */
export function leaveOneOutRows(task: ResamplingTask): Float64Array {
  const resampler = new Resampler(task);
  const p = resampler.theta.length;
  const count = groupCount(task);
  const rows = new Float64Array(count * p);
  for (let k = 0; k < count; k++) {
    resampler.leaveOut(k);
    rows.set(resampler.theta, k * p);
  }
  return rows;
}

function evaluateRows<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  rows: Float64Array,
  quantity: (parameters: Readonly<Record<P, number>>) => number,
): Float64Array {
  const names = fit.law.parameters.map(({ name }) => name);
  const p = names.length;
  return Float64Array.from({ length: rows.length / p }, (_, k) =>
    quantity(Object.fromEntries(names.map((name, j) => [name, rows[k * p + j]!])) as Record<P, number>),
  );
}

function columnOf(rows: Float64Array, p: number, j: number, count: number): Float64Array {
  const column = new Float64Array(count);
  for (let k = 0; k < count; k++) column[k] = rows[k * p + j]!;
  return column;
}
