import { formatNumber } from "../../format/formatNumber.ts";
import { inspectHook } from "../../format/inspectHook.ts";
import { encodeNumbers } from "../../format/jsonNumbers.ts";
import { jupyterDisplay, type MimeBundle } from "../../format/jupyterDisplay.ts";
import { summaryBundle } from "../../format/summaryBundle.ts";
import type { FittedLaw, Law } from "../../laws/definition/Law.ts";
import { parameterArray, predict } from "../../laws/definition/predict.ts";
import { fitStatus } from "../fitStatus.ts";
import type { FitOptions, FitStatus } from "../objective/FitOptions.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import type { Objective } from "../objective/Objective.ts";
import type { Table } from "../objective/readRuns.ts";
import type { ConstrainedMinimum } from "./augmentedLagrangian.ts";
import type { LinearConstraint } from "./linearConstraints.ts";

/** A fit under constraints as plain data, see `ConstrainedFit.toJSON`. */
export interface ConstrainedFitRecord {
  readonly format: "isoflop-constrained-fit";
  readonly law: string;
  readonly loss: string;
  readonly residual: "log" | "raw";
  readonly constraints: readonly string[];
  readonly active: readonly string[];
  readonly multipliers: Readonly<Record<string, number | string>>;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly objective: number | string;
  readonly status: FitStatus;
  readonly reason: string;
}

/**
 * A law fitted under inequalities among its parameters: immutable. Made by `fitConstrained`.
 *
 * @example
 * ```ts
 * import { fitConstrained, powerLaw, squared } from "isoflop";
 * const runs = [1e8, 1e9, 1e10, 1e11].map((nTokens) => ({ nTokens, loss: 2 + 30 / nTokens ** 0.2 }));
 * const free = fitConstrained(powerLaw("nTokens"), runs, { constraints: ["alpha <= 0.5"], loss: squared() });
 * free.active; // => []
 * free.status; // => "converged"
 * ```
 */
export class ConstrainedFit<V extends string = string, P extends string = string, R extends string = string>
  implements FittedLaw<V, P, R>
{
  readonly law: Law<V, P, R>;
  readonly parameters: Readonly<Record<P, number>>;
  /** The sum that was minimised, at its minimum under the constraints. */
  readonly objective: number;
  readonly status: FitStatus;
  readonly reason: string;
  readonly constraints: readonly string[];
  /** Constraints on which the fit lies: without them it would fit better. */
  readonly active: readonly string[];
  /** What the objective would fall by, per unit by which a constraint is loosened, by the constraint's text. */
  readonly multipliers: Readonly<Record<string, number>>;
  readonly n: number;
  readonly options: Readonly<FitOptions<P>>;
  readonly #table: Table;

  constructor(
    law: Law<V, P, R>,
    table: Table,
    options: FitOptions<P>,
    objective: Objective,
    constraints: readonly LinearConstraint[],
    { minimum, multipliers }: ConstrainedMinimum,
  ) {
    const theta = new Float64Array(law.parameters.length);
    objective.coordinates.toParameters(minimum.z, theta);
    this.law = law;
    this.#table = table;
    this.options = Object.freeze({ ...options });
    this.n = table.n;
    this.objective = minimum.value;
    this.parameters = Object.freeze(
      Object.fromEntries(law.parameters.map(({ name }, j) => [name, theta[j]!])) as Record<P, number>,
    );
    this.constraints = Object.freeze(constraints.map(({ text }) => text));
    const bears = constraints.flatMap(({ text }, k) => (multipliers[k]! > 0 ? [text] : []));
    this.active = Object.freeze(bears);
    this.multipliers = Object.freeze(
      Object.fromEntries(constraints.map(({ text }, k) => [text, multipliers[k]!])),
    );
    const { status, reason } = fitStatus(objective, minimum);
    const onLine = bears.map((text) => `"${text}" holds with equality: the runs would fit better beyond it`);
    // A direction that the runs leave open is closed where a constraint stands across it, but says so all the same.
    this.status = status === "not-identified" ? status : onLine.length > 0 ? "at-bound" : status;
    this.reason =
      status === "converged" && onLine.length > 0 ? onLine.join("; ") : [...onLine, reason].join("; ");
    Object.freeze(this);
  }

  /** The fitted response at one point, in the response's unit. */
  predict(point: Readonly<Record<V, number>>): number {
    return predict(this.law, this.parameters, point);
  }

  /** Residuals in the order of the runs: of the logarithms, or raw if the fit was asked for that. */
  residuals(): Float64Array {
    const { law, parameters, options } = this;
    return lawResiduals(law, parameterArray(law, parameters), this.#table, options.residual);
  }

  /**
   * The fit as a plain record for `JSON.stringify`, to read: it holds no runs, so `loadFit` does not take it; infinities travel as text.
   */
  toJSON(): ConstrainedFitRecord {
    return {
      format: "isoflop-constrained-fit",
      law: this.law.name,
      loss: this.options.loss!.label,
      residual: this.options.residual ?? "log",
      constraints: this.constraints,
      active: this.active,
      multipliers: encodeNumbers<Record<string, number | string>>({ ...this.multipliers }),
      parameters: encodeNumbers<Record<string, number | string>>({ ...this.parameters } as never),
      objective: encodeNumbers<{ value: number | string }>({ value: this.objective }).value,
      status: this.status,
      reason: this.reason,
    };
  }

  [jupyterDisplay](): MimeBundle {
    const rows = this.law.parameters.map(({ name, unit, description }) => [
      name,
      formatNumber(this.parameters[name], 6),
      unit,
      description,
    ]);
    const summary =
      `${this.law.name}, ${this.n} runs under ${this.constraints.join(", ") || "no constraint"}: ` +
      `objective ${formatNumber(this.objective, 6)}, ${this.status} (${this.reason})`;
    return summaryBundle(summary, ["parameter", "estimate", "unit", "meaning"], rows);
  }

  [inspectHook](): string {
    return String(this[jupyterDisplay]()["text/plain"]);
  }
}
