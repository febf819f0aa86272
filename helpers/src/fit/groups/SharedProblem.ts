import type { Law } from "../../laws/definition/Law.ts";
import type { Loss } from "../losses/Loss.ts";
import { Coordinates } from "../objective/Coordinates.ts";
import type { Differentiable } from "../objective/Differentiable.ts";
import type { FitOptions } from "../objective/FitOptions.ts";
import { Objective } from "../objective/Objective.ts";
import type { Table } from "../objective/readRuns.ts";
import type { Minimum } from "../search/bfgs.ts";
import { minimise } from "../search/minimise.ts";
import { searchStarts } from "../search/searchStarts.ts";

/** One group of runs with the parameters that are its own, the shared ones held. */
export interface Member {
  readonly table: Table;
  readonly objective: Objective;
  /** Where its own parameters are, and the curvature there: the next search starts from it. */
  best: Minimum;
}

/**
 * The sum of the groups' objectives as a function of the shared parameters alone: at every point each group's own
 * parameters are at their best. Groups touch each other through the shared parameters only, so the work grows with their
 * number and not with its square.
 *
 * By the envelope theorem the slope is that of the groups' objectives with their own parameters held.
 */
export class SharedProblem implements Differentiable {
  readonly law: Law;
  /** Coordinates of the shared parameters. */
  readonly shared: Coordinates;
  readonly members: readonly Member[];
  /** Priors of own and shared parameters. */
  readonly priors: NonNullable<FitOptions["priors"]>;
  /** Where the shared parameters are held. */
  readonly at: Float64Array;
  readonly #places: readonly number[];
  readonly #theta: Float64Array;
  readonly #method: FitOptions["method"];

  constructor(
    law: Law,
    tables: readonly Table[],
    names: readonly string[],
    loss: Loss,
    options: FitOptions,
    logResidual: boolean,
  ) {
    this.law = law;
    this.#method = options.method;
    this.#places = law.parameters.flatMap(({ name }, j) => (names.includes(name) ? [j] : []));
    this.#theta = new Float64Array(law.parameters.length);
    this.shared = new Coordinates(
      law,
      partOf(law, options, (name) => names.includes(name)),
    );
    this.priors = options.priors ?? {};
    this.at = new Float64Array(this.shared.size);
    this.members = tables.map((table) => {
      const own = new Coordinates(
        law,
        partOf(law, options, (name) => !names.includes(name)),
      );
      const { x, y, w, n } = table;
      const target = logResidual ? y.map(Math.log) : y;
      return {
        table,
        objective: new Objective(law, own, loss, logResidual, x, target, w, n),
        best: nowhere(own.size),
      };
    });
  }

  /** Sets the loss of all groups. */
  setLoss(loss: Loss): void {
    for (const { objective } of this.members) objective.loss = loss;
  }

  evaluate(z: Float64Array, gradient: Float64Array): number {
    this.hold(z);
    gradient.fill(0);
    const { free } = this.shared;
    let total = 0;
    for (const member of this.members) {
      const { objective, best } = member;
      const squares = objective.loss.specification.kind === "squared";
      const found = minimise(objective, best.z, {
        method: this.#method,
        ...(!squares && best.inverseHessian.length > 0 && { inverseHessian: best.inverseHessian }),
      });
      if (!(found.value < Infinity)) return Infinity;
      member.best = found;
      total += found.value;
      objective.prepare(found.z);
      const { influence, jacobian, n } = objective;
      const p = this.law.parameters.length;
      for (const j of this.#places) {
        const slot = this.shared.slot[j]!;
        if (slot < 0) continue;
        let slope = 0;
        for (let i = 0; i < n; i++) slope += influence[i]! * jacobian[i * p + j]!;
        gradient[slot]! += slope * (free[slot]!.log ? this.#theta[j]! : 1);
      }
    }
    for (const [j, mean, sd, log] of this.shared.priors) {
      const slot = this.shared.slot[j]!;
      const u = ((log ? Math.log(this.#theta[j]!) : this.#theta[j]!) - mean) / sd;
      total += 0.5 * u * u;
      if (slot >= 0)
        gradient[slot]! += (u / sd / (log ? this.#theta[j]! : 1)) * (free[slot]!.log ? this.#theta[j]! : 1);
    }
    return total;
  }

  /** Looks for each group's own parameters anew, with the shared ones as they are held, and keeps what is better. */
  search(z: Float64Array): number {
    this.hold(z);
    let total = 0;
    for (const member of this.members) {
      const { objective, table } = member;
      for (const start of [
        member.best.z,
        ...searchStarts(this.law, objective.coordinates, table, objective),
      ]) {
        const found = minimise(objective, start, { method: this.#method });
        const before = objective.evaluate(member.best.z, new Float64Array(member.best.z.length));
        if (!(before <= found.value)) member.best = found;
        else if (start === member.best.z) member.best = found;
      }
      total += member.best.value;
    }
    return total;
  }

  /** Sets the shared parameters in every group. */
  hold(z: Float64Array): void {
    this.at.set(z);
    this.shared.toParameters(z, this.#theta);
    for (const { objective } of this.members) {
      for (const j of this.#places) objective.coordinates.constant[j] = this.#theta[j]!;
    }
  }

  /** All parameters of a group. */
  parametersOf({ objective, best }: Member): Float64Array {
    const theta = new Float64Array(this.law.parameters.length);
    objective.coordinates.toParameters(best.z, theta);
    return theta;
  }
}

/** The options of a fit of some parameters, the others held somewhere inside their domain. */
function partOf(law: Law, options: FitOptions, isFree: (name: string) => boolean): FitOptions {
  const held: Record<string, number> = { ...(options.fixed as Record<string, number>) };
  for (const { name, domain } of law.parameters) {
    if (!isFree(name)) held[name] = Math.min(Math.max(held[name] ?? 1, domain[0]), domain[1]);
  }
  const keep = <T>(given: Partial<Record<string, T>> | undefined) =>
    Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => isFree(name))) as Record<string, T>;
  return {
    fixed: held,
    bounds: keep(options.bounds),
    tied: keep(options.tied),
    priors: keep(options.priors),
  };
}

function nowhere(size: number): Minimum {
  return {
    z: new Float64Array(size),
    value: Infinity,
    gradient: new Float64Array(size),
    inverseHessian: new Float64Array(0),
    iterations: 0,
    converged: false,
  };
}
