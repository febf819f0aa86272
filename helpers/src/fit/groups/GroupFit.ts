import { inspectHook } from "../../format/inspectHook.ts";
import { encodeNumbers } from "../../format/jsonNumbers.ts";
import { jupyterDisplay, type MimeBundle } from "../../format/jupyterDisplay.ts";
import type { Law } from "../../laws/definition/Law.ts";
import { predict } from "../../laws/definition/predict.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import type { FitOptions, FitStatus } from "../objective/FitOptions.ts";
import { lawResiduals } from "../objective/lawResiduals.ts";
import type { Minimum } from "../search/bfgs.ts";
import { displayGroupFit } from "./displayGroupFit.ts";
import { type GroupCovariance, type GroupCovarianceOptions, groupCovariance } from "./groupCovariance.ts";
import { groupStatus } from "./groupStatus.ts";
import type { SharedProblem } from "./SharedProblem.ts";
import type { GroupedRuns } from "./splitRuns.ts";

/** A joint fit as plain data, see `GroupFit.toJSON`. */
export interface GroupFitRecord {
  readonly format: "isoflop-group-fit";
  readonly law: string;
  readonly group: string;
  readonly loss: string;
  readonly residual: "log" | "raw";
  readonly shared: Readonly<Record<string, number | string>>;
  readonly groups: Readonly<
    Record<string, { readonly n: number; readonly parameters: Readonly<Record<string, number | string>> }>
  >;
  readonly objective: number | string;
  readonly freeParameters: number;
  readonly status: FitStatus;
  readonly reason: string;
}

/**
 * One law fitted to groups of runs, some parameters common to all: immutable. Made by `fitGroups`.
 *
 * @example
 * ```ts
 * import { fitGroups, powerLaw, squared } from "isoflop";
 * const runs = ["a", "b", "c"].flatMap((model, k) =>
 *   [1e8, 1e9, 1e10, 1e11].map((nTokens, i) => ({ model, nTokens, loss: (2 + k + 50 / nTokens ** 0.25) * (1 + (i % 2) / 1e4) })),
 * );
 * const fit = fitGroups(powerLaw("nTokens"), runs, { group: "model", shared: ["alpha"], loss: squared() });
 * fit.groups; // => ["a", "b", "c"]
 * fit.freeParameters; // => 7
 * fit.covariance().standardErrors.shared.alpha < 0.001; // => true
 * ```
 */
export class GroupFit<V extends string = string, P extends string = string, R extends string = string> {
  readonly law: Law<V, P, R>;
  /** Names of the groups, in the order in which they appear in the runs. */
  readonly groups: readonly string[];
  /** What named the groups. */
  readonly group: string;
  /** The parameters that all groups share. */
  readonly shared: Readonly<Record<P, number>>;
  /** The sum over all runs that was minimised, at its minimum. */
  readonly objective: number;
  /** As of a `Fit`; `reason` names the groups that it speaks of. */
  readonly status: FitStatus;
  readonly reason: string;
  /** Number of runs. */
  readonly n: number;
  /** Shared parameters that were free, and those of all groups. */
  readonly freeParameters: number;
  readonly options: Readonly<FitOptions<P>>;
  readonly #runs: GroupedRuns;
  readonly #problem: SharedProblem;
  readonly #parameters: ReadonlyMap<string, Readonly<Record<P, number>>>;

  constructor(
    law: Law<V, P, R>,
    runs: GroupedRuns,
    options: FitOptions<P>,
    problem: SharedProblem,
    minimum: Minimum,
    group: string,
  ) {
    this.law = law;
    this.groups = Object.freeze([...runs.names]);
    this.group = group;
    this.options = Object.freeze({ ...options, loss: problem.members[0]!.objective.loss });
    this.n = runs.n;
    this.objective = minimum.value;
    this.freeParameters = problem.members.reduce((sum, { best }) => sum + best.z.length, problem.shared.size);
    this.#runs = runs;
    this.#problem = problem;
    this.#parameters = new Map(
      problem.members.map((member, g) => {
        const theta = problem.parametersOf(member);
        const entries = law.parameters.map(({ name }, j) => [name, theta[j]!]);
        return [runs.names[g]!, Object.freeze(Object.fromEntries(entries)) as Readonly<Record<P, number>>];
      }),
    );
    const first = this.#parameters.get(runs.names[0]!)!;
    const isShared = (j: number) => problem.shared.slot[j]! >= 0;
    this.shared = Object.freeze(
      Object.fromEntries(law.parameters.flatMap(({ name }, j) => (isShared(j) ? [[name, first[name]]] : []))),
    ) as Readonly<Record<P, number>>;
    const { status, reason } = groupStatus(problem, runs.names, minimum);
    this.status = status;
    this.reason = reason;
    Object.freeze(this);
  }

  /** All parameters of a group, the shared ones too, in the units that the law declares. */
  parameters(group: string | number): Readonly<Record<P, number>> {
    const found = this.#parameters.get(String(group));
    if (found) return found;
    const names = this.groups;
    const list =
      names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
    throw new RangeError(
      `no group is called ${String(group)}; did you mean ${nearestName(String(group), names)}? There are ${list}`,
    );
  }

  /** The fitted response at a point, for a run of that group, in the response's unit. */
  predict(point: Readonly<Record<V, number>>, group: string | number): number {
    if (group === undefined) {
      throw new RangeError(`predict of a joint fit needs a group, such as ${JSON.stringify(this.groups[0])}`);
    }
    return predict(this.law, this.parameters(group), point);
  }

  /** Residuals in the order of the runs: of the logarithms, or raw if the fit was asked for that. */
  residuals(): Float64Array {
    const out = new Float64Array(this.n);
    const { tables, rows, names } = this.#runs;
    for (const [g, table] of tables.entries()) {
      const own = this.parameters(names[g]!);
      const theta = Float64Array.from(this.law.parameters, ({ name }) => own[name]);
      lawResiduals(this.law, theta, table, this.options.residual).forEach((residual, i) => {
        out[rows[g]![i]!] = residual;
      });
    }
    return out;
  }

  /**
   * Large-sample covariance of shared and own parameters: `hessian` (default) assumes the same noise for every run,
   * `sandwich` holds whatever the noise, and asks for many runs in each group.
   */
  covariance(options: GroupCovarianceOptions = {}): GroupCovariance<P> {
    return groupCovariance<P>(this.#problem, this.groups, options);
  }

  /**
   * The fit as a plain record for `JSON.stringify`, to read: it holds no runs, so `loadFit` does not take it; infinities travel as text.
   */
  toJSON(): GroupFitRecord {
    const rows = this.groups.map((name, g) => {
      const parameters = encodeNumbers<Record<string, number | string>>({ ...this.parameters(name) });
      return [name, { n: this.#runs.tables[g]!.n, parameters }] as const;
    });
    return {
      format: "isoflop-group-fit",
      law: this.law.name,
      group: this.group,
      loss: this.options.loss!.label,
      residual: this.options.residual ?? "log",
      shared: encodeNumbers<Record<string, number | string>>({ ...this.shared }),
      groups: Object.fromEntries(rows),
      objective: encodeNumbers<{ value: number | string }>({ value: this.objective }).value,
      freeParameters: this.freeParameters,
      status: this.status,
      reason: this.reason,
    };
  }

  [jupyterDisplay](): MimeBundle {
    return displayGroupFit(this as never);
  }

  [inspectHook](): string {
    return String(displayGroupFit(this as never)["text/plain"]);
  }
}
