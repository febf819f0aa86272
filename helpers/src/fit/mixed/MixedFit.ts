import { inspectHook } from "../../format/inspectHook.ts";
import { encodeNumbers } from "../../format/jsonNumbers.ts";
import { jupyterDisplay, type MimeBundle } from "../../format/jupyterDisplay.ts";
import type { Law } from "../../laws/definition/Law.ts";
import { predict } from "../../laws/definition/predict.ts";
import { indexOfName } from "../../numerics/arguments/indexOfName.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import type { GroupedRuns } from "../groups/splitRuns.ts";
import type { Coordinates } from "../objective/Coordinates.ts";
import type { FitStatus } from "../objective/FitOptions.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import { type MixedMinimum, moved } from "./alternate.ts";
import { displayMixedFit } from "./displayMixedFit.ts";
import type { MixedFitRecord, MixedSettings } from "./MixedFitRecord.ts";
import { mixedStatus, outsideDomain } from "./mixedStatus.ts";

/**
 * A law whose parameters scatter among groups, fitted: immutable. Made by `fitMixed`.
 *
 * @example
 * ```ts
 * import { fitMixed, powerLaw } from "isoflop";
 * const runs = [2, 2.1, 1.9, 2.05].flatMap((E, g) =>
 *   [1e8, 1e9, 1e10, 1e11].map((nTokens, i) => ({ g, nTokens, loss: E + 30 / nTokens ** 0.2 + ((i * 3 + g) % 4) / 1e4 })),
 * );
 * const fit = fitMixed(powerLaw("nTokens"), runs, { group: "g", random: ["E"], residual: "raw" });
 * fit.groups; // => ["0", "1", "2", "3"]
 * Math.abs(fit.groupParameters(1).E - 2.1) < 0.01; // => true
 * fit.predict({ nTokens: 1e12 }) < fit.predict({ nTokens: 1e12 }, 1); // => true
 * ```
 */
export class MixedFit<V extends string = string, P extends string = string, R extends string = string> {
  readonly law: Law<V, P, R>;
  /** The common values: those of a typical group. */
  readonly parameters: Readonly<Record<P, number>>;
  /** Standard errors of the common values, from the likelihood's curvature. */
  readonly standardErrors: Readonly<Record<P, number>>;
  /**
   * Degrees of freedom of each common value's Student t, by Satterthwaite: about the groups less one for what scatters among
   * them, nearly the runs for what does not. Infinite for what is held.
   */
  readonly freedom: Readonly<Record<P, number>>;
  /** Standard deviation of each random parameter among groups: of its logarithm where it spans decades. */
  readonly spread: Readonly<Record<P, number>>;
  /** Standard deviation of a run of weight 1: of ln loss, or of the response for raw residuals. */
  readonly sigma: number;
  /** Restricted for REML; comparable only between fits of the same runs, residuals and method. */
  readonly logLikelihood: number;
  /** Common parameters, entries of the spread and sigma: what AIC counts. */
  readonly freeParameters: number;
  readonly groups: readonly string[];
  readonly n: number;
  readonly status: FitStatus;
  readonly reason: string;
  readonly settings: MixedSettings;
  readonly #runs: GroupedRuns;
  readonly #coordinates: Coordinates;
  readonly #slots: readonly number[];
  readonly #state: MixedMinimum;

  constructor(
    law: Law<V, P, R>,
    runs: GroupedRuns,
    settings: MixedSettings,
    coordinates: Coordinates,
    slots: readonly number[],
    state: MixedMinimum,
  ) {
    const { common, factor, solution } = state;
    const p = common.length;
    const r = slots.length;
    this.law = law;
    this.settings = Object.freeze({ ...settings });
    this.groups = Object.freeze([...runs.names]);
    this.n = runs.n;
    this.#runs = runs;
    this.#coordinates = coordinates;
    this.#slots = slots;
    this.#state = state;
    this.parameters = Object.freeze(this.#named(common));
    this.sigma = solution?.sigma ?? Number.NaN;
    // Noise of variance sigma^2 / w: its density has the root of w.
    let logWeights = 0;
    for (const { w } of runs.tables) for (const each of w) if (each > 0) logWeights += Math.log(each);
    this.logLikelihood = -0.5 * ((solution?.deviance ?? Number.NaN) - logWeights);
    const isCorrelated = settings.correlated && r > 1;
    this.freeParameters = p + (isCorrelated ? (r * (r + 1)) / 2 : r) + 1;
    const error = (slot: number) =>
      slot < 0 ? 0 : this.sigma * Math.sqrt(solution?.inverse[slot * p + slot] ?? NaN);
    this.standardErrors = Object.freeze(
      Object.fromEntries(
        law.parameters.map(({ name }, j) => {
          const slot = coordinates.slot[j]!;
          return [name, error(slot) * (slot >= 0 && coordinates.free[slot]!.log ? this.parameters[name] : 1)];
        }),
      ),
    ) as Readonly<Record<P, number>>;
    this.freedom = Object.freeze(
      Object.fromEntries(
        law.parameters.map(({ name }, j) => {
          const slot = coordinates.slot[j]!;
          return [name, slot < 0 ? Infinity : state.freedom[slot]!];
        }),
      ),
    ) as Readonly<Record<P, number>>;
    const spreads = settings.random.map((name, k) => {
      let sum = 0;
      for (let l = 0; l <= k; l++) sum += factor[k * r + l]! ** 2;
      return [name, this.sigma * Math.sqrt(sum)];
    });
    this.spread = Object.freeze(Object.fromEntries(spreads)) as Readonly<Record<P, number>>;
    const typical = { of: "a typical group", parameters: this.parameters };
    const own = this.groups.map((of) => ({ of, parameters: this.groupParameters(of) }));
    const outside = [typical, ...own].flatMap((one) => outsideDomain(law, one.of, one.parameters));
    const isLog = settings.residual === "log";
    const { status, reason } = mixedStatus(state, settings.random, runs, isLog, outside);
    this.status = status;
    this.reason = reason;
    Object.freeze(this);
  }

  #named(z: Float64Array): Record<P, number> {
    const theta = new Float64Array(this.law.parameters.length);
    this.#coordinates.toParameters(z, theta);
    return Object.fromEntries(this.law.parameters.map(({ name }, j) => [name, theta[j]!])) as Record<
      P,
      number
    >;
  }

  /** Correlation of two random parameters among groups; NaN where one does not scatter. */
  correlation(a: P, b: P): number {
    const { random } = this.settings;
    const [k, l] = [a, b].map((name) => {
      const at = random.indexOf(name);
      if (at >= 0) return at;
      throw new RangeError(
        `${name} does not scatter among the groups; correlations are those of ${random.join(", ")}`,
      );
    }) as [number, number];
    const r = random.length;
    const { factor } = this.#state;
    const product = (i: number, j: number) => {
      let sum = 0;
      for (let c = 0; c < r; c++) sum += factor[i * r + c]! * factor[j * r + c]!;
      return sum;
    };
    return product(k, l) / Math.sqrt(product(k, k) * product(l, l));
  }

  /** All parameters of a group: the common values and its own deviations, drawn towards the common ones. */
  groupParameters(group: string | number): Readonly<Record<P, number>> {
    const g = this.groups.indexOf(String(group));
    if (g < 0) {
      const near = nearestName(String(group), this.groups);
      throw new RangeError(
        `no group is called ${String(group)}; did you mean ${near}? Leave it out for a typical group`,
      );
    }
    return this.#named(moved(this.#state.common, this.#slots, this.#state.random[g]!));
  }

  /** The response at a point: of a group, or (without one) of a group whose parameters are the common ones. */
  predict(point: Readonly<Record<V, number>>, group?: string | number): number {
    return predict(this.law, group === undefined ? this.parameters : this.groupParameters(group), point);
  }

  /** Interval of a common value by Student's t with its `freedom`, on the logarithm of parameters that span decades. */
  interval(name: P, level = 0.95): readonly [number, number] {
    requireLevel(level);
    const j = indexOfName(
      this.law.parameters.map((one) => one.name),
      name,
    );
    const value = this.parameters[name];
    const slot = this.#coordinates.slot[j]!;
    if (slot < 0) return [value, value];
    const reach = studentTQuantile((1 + level) / 2, this.freedom[name]) * this.standardErrors[name];
    return this.#coordinates.free[slot]!.log
      ? [value * Math.exp(-reach / value), value * Math.exp(reach / value)]
      : [value - reach, value + reach];
  }

  /** Residuals from each group's own curve, in the order of the runs. */
  residuals(): Float64Array {
    const out = new Float64Array(this.n);
    for (const [g, table] of this.#runs.tables.entries()) {
      const own = this.groupParameters(this.groups[g]!);
      const theta = Float64Array.from(this.law.parameters, ({ name }) => own[name]);
      for (const [i, residual] of lawResiduals(this.law, theta, table, this.settings.residual).entries()) {
        out[this.#runs.rows[g]![i]!] = residual;
      }
    }
    return out;
  }

  /** Akaike's criterion, `-2 logLikelihood + 2 freeParameters`. Compare laws by it with `method: "ML"`. */
  get aic(): number {
    return -2 * this.logLikelihood + 2 * this.freeParameters;
  }

  /**
   * The fit as a plain record for `JSON.stringify`, to read: it holds no runs, so `loadFit` does not take it; numbers that JSON has not travel as text.
   */
  toJSON(): MixedFitRecord {
    const encode = (values: object) => encodeNumbers<Record<string, number | string>>({ ...values } as never);
    return {
      format: "isoflop-mixed-fit",
      law: this.law.name,
      ...this.settings,
      parameters: encode(this.parameters),
      standardErrors: encode(this.standardErrors),
      freedom: encode(this.freedom),
      spread: encode(this.spread),
      sigma: encode({ value: this.sigma }).value!,
      logLikelihood: encode({ value: this.logLikelihood }).value!,
      groups: Object.fromEntries(this.groups.map((name) => [name, encode(this.groupParameters(name))])),
      status: this.status,
      reason: this.reason,
    };
  }

  [jupyterDisplay](): MimeBundle {
    return displayMixedFit(this as never);
  }

  [inspectHook](): string {
    return String(displayMixedFit(this as never)["text/plain"]);
  }
}
