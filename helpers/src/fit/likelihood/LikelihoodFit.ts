import { formatNumber } from "../../format/formatNumber.ts";
import { inspectHook } from "../../format/inspectHook.ts";
import { encodeNumbers } from "../../format/jsonNumbers.ts";
import { jupyterDisplay, type MimeBundle } from "../../format/jupyterDisplay.ts";
import { summaryBundle } from "../../format/summaryBundle.ts";
import type { FittedLaw, Law } from "../../laws/definition/Law.ts";
import { parameterArray, predict } from "../../laws/definition/predict.ts";
import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { choleskyInverse } from "../../numerics/linear/cholesky.ts";
import { fitStatus } from "../fitStatus.ts";
import type { FitStatus } from "../objective/FitOptions.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import type { Table } from "../objective/readRuns.ts";
import type { Minimum } from "../search/bfgs.ts";
import type { Likelihood } from "./Likelihood.ts";

/** A maximum of the likelihood as plain data, see `LikelihoodFit.toJSON`. */
export interface LikelihoodFitRecord {
  readonly format: "isoflop-likelihood-fit";
  readonly law: string;
  readonly noise: string;
  readonly residual: "log" | "raw";
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly standardErrors: Readonly<Record<string, number | string>>;
  readonly sigma: number | string;
  readonly power: number | string;
  readonly logLikelihood: number | string;
  readonly freedom: number | string;
  readonly censored: number;
  readonly status: FitStatus;
  readonly reason: string;
}

/**
 * A law fitted by maximum likelihood: immutable. Made by `fitLikelihood`.
 *
 * @example
 * ```ts
 * import { fitLikelihood, powerLaw } from "isoflop";
 * const runs = [1e7, 1e8, 1e9, 1e10, 1e11, 1e12].map((nParams, i) => ({ nParams, loss: 1.5 + 60 / nParams ** 0.25 + (i % 2 - 0.5) * 0.05 * (nParams / 1e7) ** -0.25 }));
 * const fit = fitLikelihood(powerLaw("nParams"), runs, { noise: { power: "nParams" }, residual: "raw" });
 * fit.power < -0.1; // => true
 * fit.aic === -2 * fit.logLikelihood + 2 * fit.freeParameters; // => true
 * ```
 */
export class LikelihoodFit<V extends string = string, P extends string = string, R extends string = string>
  implements FittedLaw<V, P, R>
{
  readonly law: Law<V, P, R>;
  readonly parameters: Readonly<Record<P, number>>;
  /** From the curvature of the likelihood; 0 for what is held, NaN where the likelihood is flat or at a bound. */
  readonly standardErrors: Readonly<Record<P, number>>;
  /** Standard deviation of a run: the common one, the factor on known ones, or that where the power's field is 1. */
  readonly sigma: number;
  /** The power with which the noise grows; 0 where none was asked for. */
  readonly power: number;
  readonly logLikelihood: number;
  /** Parameters of the law and of the noise that were estimated. */
  readonly freeParameters: number;
  readonly n: number;
  /**
   * Degrees of freedom of the intervals: runs whose response is known, less the law's parameters; infinite for known noise.
   */
  readonly freedom: number;
  /** Number of runs that are known only to lie above their response. */
  readonly censored: number;
  readonly status: FitStatus;
  readonly reason: string;
  readonly settings: { readonly residual: "log" | "raw"; readonly noise: string };
  readonly #table: Table;
  readonly #logs: Readonly<Record<string, boolean>>;

  constructor(
    law: Law<V, P, R>,
    table: Table,
    settings: { readonly residual: "log" | "raw"; readonly noise: string },
    likelihood: Likelihood,
    minimum: Minimum,
  ) {
    const { objective, noise } = likelihood;
    const { coordinates } = objective;
    const q = coordinates.size;
    const { z } = minimum;
    this.law = law;
    this.settings = Object.freeze({ ...settings });
    this.#table = table;
    const theta = new Float64Array(law.parameters.length);
    coordinates.toParameters(z, theta);
    const named = (of: (j: number) => number) =>
      Object.freeze(Object.fromEntries(law.parameters.map(({ name }, j) => [name, of(j)]))) as Readonly<
        Record<P, number>
      >;
    this.parameters = named((j) => theta[j]!);
    const scale = Float64Array.from(
      z,
      (_, k) => Math.sqrt(Math.abs(minimum.inverseHessian[k * z.length + k]!)) || 1e-3,
    );
    const held = Array.from(
      z,
      (each, k) => k < q && (each <= coordinates.lower[k]! || each >= coordinates.upper[k]!),
    );
    const inside = held.flatMap((isHeld, k) => (isHeld ? [] : [k]));
    const full = likelihood.hessian(z, scale);
    const m = inside.length;
    const inner = Float64Array.from(
      { length: m * m },
      (_, at) => full[inside[Math.floor(at / m)]! * z.length + inside[at % m]!]!,
    );
    const inverse = choleskyInverse(inner, m);
    this.#logs = Object.fromEntries(
      law.parameters.map(({ name }, j) => [name, coordinates.free[coordinates.slot[j]!]?.log ?? false]),
    );
    this.standardErrors = named((j) => {
      const slot = coordinates.slot[j]!;
      if (slot < 0) return 0;
      const at = inside.indexOf(slot);
      const error = at >= 0 && inverse ? Math.sqrt(inverse[at * m + at]!) : Number.NaN;
      return error * (coordinates.free[slot]!.log ? theta[j]! : 1);
    });
    this.sigma = noise.estimated ? Math.exp(z[q]!) : 1;
    this.power = noise.power === undefined ? 0 : z[q + Number(noise.estimated)]!;
    this.logLikelihood = -minimum.value;
    this.freeParameters = likelihood.size;
    this.n = table.n;
    this.censored = likelihood.censored.reduce((sum, each) => sum + each, 0);
    this.freedom = noise.estimated ? this.n - this.censored - q : Infinity;
    const { status, reason } = fitStatus(objective, { ...minimum, z: z.slice(0, q) });
    const isFlat = status === "converged" && !inverse;
    this.status = isFlat ? "not-identified" : status;
    this.reason = isFlat ? "the likelihood is flat in some direction; hold a parameter or add runs" : reason;
    Object.freeze(this);
  }

  /** The fitted response at one point, in the response's unit. */
  predict(point: Readonly<Record<V, number>>): number {
    return predict(this.law, this.parameters, point);
  }

  /**
   * Wald interval of a parameter, on the logarithm of those that span decades: by the normal distribution where the noise is
   * known. Where it is estimated, by Student's t and with what maximum likelihood takes off the variance put back,
   * `n / (n - q)` for n known responses and q parameters of the law: for a law that is linear in them the interval of least
   * squares.
   */
  interval(name: P, level = 0.95): readonly [number, number] {
    requireLevel(level);
    indexOfName(Object.keys(this.parameters), name);
    const value = this.parameters[name];
    if (this.standardErrors[name] === 0) return [value, value];
    const { freedom } = this;
    const known = this.n - this.censored;
    const widened = freedom < Infinity ? Math.sqrt(known / freedom) : 1;
    const reach = studentTQuantile((1 + level) / 2, freedom) * widened * this.standardErrors[name];
    return this.#logs[name]
      ? [value * Math.exp(-reach / value), value * Math.exp(reach / value)]
      : [value - reach, value + reach];
  }

  /** Residuals in the order of the runs; of censored ones, from the value that they are known to exceed. */
  residuals(): Float64Array {
    const { law, parameters, settings } = this;
    return lawResiduals(law, parameterArray(law, parameters), this.#table, settings.residual);
  }

  /** Akaike's criterion, `-2 logLikelihood + 2 freeParameters`. */
  get aic(): number {
    return -2 * this.logLikelihood + 2 * this.freeParameters;
  }

  /**
   * The fit as a plain record for `JSON.stringify`, to read: it holds no runs, so `loadFit` does not take it; numbers that JSON has not travel as text.
   */
  toJSON(): LikelihoodFitRecord {
    const encode = (values: object) => encodeNumbers<Record<string, number | string>>({ ...values } as never);
    const { sigma, power, logLikelihood, freedom } = encode({
      sigma: this.sigma,
      power: this.power,
      logLikelihood: this.logLikelihood,
      freedom: this.freedom,
    });
    return {
      format: "isoflop-likelihood-fit",
      law: this.law.name,
      ...this.settings,
      parameters: encode(this.parameters),
      standardErrors: encode(this.standardErrors),
      sigma: sigma!,
      power: power!,
      logLikelihood: logLikelihood!,
      freedom: freedom!,
      censored: this.censored,
      status: this.status,
      reason: this.reason,
    };
  }

  [jupyterDisplay](): MimeBundle {
    const rows = this.law.parameters.map(({ name, unit, description }) => [
      name,
      formatNumber(this.parameters[name], 6),
      formatNumber(this.standardErrors[name], 3),
      unit,
      description,
    ]);
    const grows = this.settings.noise === "power" ? `, power ${formatNumber(this.power, 4)}` : "";
    const above = this.censored > 0 ? `, ${this.censored} of them censored` : "";
    const summary =
      `${this.law.name}, ${this.n} runs${above}, ${this.settings.noise} noise on ${this.settings.residual} residuals: ` +
      `sigma ${formatNumber(this.sigma, 4)}${grows}, log likelihood ${formatNumber(this.logLikelihood, 6)}, ${this.status} (${this.reason})`;
    return summaryBundle(summary, ["parameter", "estimate", "std. error", "unit", "meaning"], rows);
  }

  [inspectHook](): string {
    return String(this[jupyterDisplay]()["text/plain"]);
  }
}
