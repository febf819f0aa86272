import { inspectHook } from "../../../format/inspectHook.ts";
import { jupyterDisplay, type MimeBundle } from "../../../format/jupyterDisplay.ts";
import { parameterArray, pointColumns } from "../../../laws/definition/predict.ts";
import { indexOfName } from "../../../numerics/arguments/indexOfName.ts";
import { requireLevel, requirePositive } from "../../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { mean } from "../../../numerics/mean.ts";
import { percentileInterval } from "../../../numerics/percentileInterval.ts";
import { Random } from "../../../numerics/random/Random.ts";
import { standardDeviation } from "../../../numerics/standardDeviation.ts";
import { version } from "../../../version.ts";
import { hashTable } from "../../objective/hashTable.ts";
import { usualWeight } from "../../objective/usualWeight.ts";
import type { Estimate } from "../Estimate.ts";
import type { Interval, IntervalOptions, PredictionOptions } from "../Interval.ts";
import type { Quantity } from "../Quantity.ts";
import { bcaLimits } from "./bcaLimits.ts";
import { displayBootstrap } from "./displayBootstrap.ts";
import { leaveOneOutRows } from "./leaveOneOut.ts";
import { Resampler, type ResamplingTask } from "./Resampler.ts";
import { columnOf, evaluateRows } from "./replicateRows.ts";
import { studentizedLimits } from "./studentizedLimits.ts";

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
  /** What is to be kept in mind, in words; empty where there is nothing. */
  readonly notes: readonly string[];
  readonly #estimate: Estimate<V, P, R>;
  readonly #task: ResamplingTask;
  readonly #rows: Float64Array;
  readonly #jackknife: { rows?: Float64Array } = {};

  constructor(
    estimate: Estimate<V, P, R>,
    task: ResamplingTask,
    results: { samples: Float64Array; values: Float64Array; converged: Uint8Array },
    notes: readonly string[] = [],
  ) {
    const names = estimate.law.parameters.map(({ name }) => name);
    const count = results.values.length;
    this.#estimate = estimate;
    this.#task = task;
    this.#rows = results.samples;
    this.resamples = count;
    this.seed = task.seed;
    this.notes = Object.freeze([...notes]);
    this.kind = task.kind;
    this.objectives = results.values;
    this.unconverged = results.converged.reduce((total, ok) => total + (ok ? 0 : 1), 0);
    const columns = names.map((name, j) => [name, columnOf(results.samples, names.length, j)] as const);
    this.samples = Object.freeze(Object.fromEntries(columns)) as Readonly<Record<P, Float64Array>>;
    this.standardErrors = Object.freeze(
      Object.fromEntries(columns.map(([name, column]) => [name, standardDeviation(column)])),
    ) as Readonly<Record<P, number>>;
    Object.freeze(this);
  }

  /** Replicates of a parameter or of a quantity computed from the parameters. */
  values(quantity: Quantity<P>): Float64Array {
    return typeof quantity === "function"
      ? evaluateRows(this.#estimate.law, this.#rows, quantity)
      : this.samples[quantity];
  }

  /**
   * An interval that should cover the quantity's true value with probability `level`.
   *
   * @throws RangeError when level is not between 0 and 1 or the parameter is unknown.
   */
  interval(quantity: Quantity<P>, level = 0.95, options: IntervalOptions = {}): Interval {
    requireOptions("interval", options, ["method"]);
    const { method = "percentile" } = options;
    requireOneOf("method", method, ["percentile", "basic", "bca", "studentized"]);
    requireLevel(level);
    if (typeof quantity !== "function") indexOfName(Object.keys(this.samples), quantity);
    if (method === "studentized") {
      if (this.kind !== "residual" && this.kind !== "wild") {
        throw new RangeError(
          `studentized intervals need a bootstrap of kind "residual" or "wild", got "${this.kind}"; use method "bca"`,
        );
      }
      if (this.#task.clusters) {
        throw new RangeError('studentized intervals know no clusters; use method "percentile" or "bca"');
      }
      return studentizedLimits(this.#task, this.#rows, quantity, level);
    }
    const values = this.values(quantity);
    if (method === "bca") return this.#bca(quantity, values, level);
    const [low, high] = percentileInterval(values, level);
    if (method === "percentile") return [low, high];
    const estimate = this.#quantityOf(
      parameterArray(this.#estimate.law, this.#estimate.parameters),
      quantity,
    )[0]!;
    return [2 * estimate - high, 2 * estimate - low];
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
      law: this.#estimate.law.name,
      dataHash: hashTable(this.#estimate.table),
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
  predictionInterval(point: Readonly<Record<V, number>>, wanted: PredictionOptions = {}): Interval {
    requireOptions("predictionInterval", wanted, ["level", "kind", "weight"]);
    const { level = 0.95, kind = "mean", weight = usualWeight(this.#estimate.table) } = wanted;
    requireOneOf("kind", kind, ["mean", "new-run"]);
    requirePositive("weight", weight, "leave it out for a run like the others");
    const { law, options } = this.#estimate;
    const columns = pointColumns(law, point);
    const value = new Float64Array(1);
    const slope = new Float64Array(law.parameters.length);
    const noise = kind === "new-run" ? new Resampler(this.#task).noise : undefined;
    const random = new Random(this.seed, -1);
    const p = slope.length;
    const draws = new Float64Array(this.resamples);
    for (let k = 0; k < draws.length; k++) {
      law.evaluate(this.#rows.subarray(k * p, (k + 1) * p), columns, 1, value, slope);
      const residual = noise ? noise[random.below(noise.length)]! / Math.sqrt(weight) : 0;
      draws[k] = options.residual === "raw" ? value[0]! - residual : value[0]! * Math.exp(-residual);
    }
    return percentileInterval(draws, level);
  }

  #bca(quantity: Quantity<P>, values: Float64Array, level: number): Interval {
    const { law, parameters } = this.#estimate;
    this.#jackknife.rows ??= leaveOneOutRows(this.#task);
    const estimate = this.#quantityOf(parameterArray(law, parameters), quantity)[0]!;
    const leftOut = this.#quantityOf(this.#jackknife.rows, quantity);
    return bcaLimits(values.slice().sort(), estimate, leftOut, level);
  }

  #quantityOf(rows: Float64Array, quantity: Quantity<P>): Float64Array {
    const { law } = this.#estimate;
    if (typeof quantity === "function") return evaluateRows(law, rows, quantity);
    const j = law.parameters.findIndex(({ name }) => name === quantity);
    return columnOf(rows, law.parameters.length, j);
  }
}
