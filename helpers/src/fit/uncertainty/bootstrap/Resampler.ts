import type { Law } from "../../../laws/definition/Law.ts";
import { mean } from "../../../numerics/mean.ts";
import { MersenneTwister } from "../../../numerics/random/MersenneTwister.ts";
import { Random } from "../../../numerics/random/Random.ts";
import { copyTable } from "../../objective/copyTable.ts";
import type { FitOptions } from "../../objective/FitOptions.ts";
import type { Objective } from "../../objective/Objective.ts";
import { objectiveOf } from "../../objective/objectiveOf.ts";
import type { Table } from "../../objective/readRuns.ts";
import { minimise } from "../../search/minimise.ts";
import { restoredResiduals } from "./restoredResiduals.ts";

export type BootstrapKind = "pairs" | "cluster" | "residual" | "wild";

/** Everything a replicate depends on besides its number. */
export interface ResamplingTask {
  readonly law: Law;
  readonly table: Table;
  readonly options: Pick<FitOptions, "loss" | "residual" | "bounds" | "fixed" | "tied" | "priors">;
  /** The full fit in the optimiser's coordinates, with its inverse Hessian: every replicate starts there. */
  readonly z: Float64Array;
  readonly inverseHessian: Float64Array;
  readonly kind: BootstrapKind;
  readonly seed: number;
  /** Cluster of each run, from 0 without gaps. */
  readonly clusters?: Int32Array;
  /** Runs that are known without noise, for `wild`. */
  readonly exact?: readonly boolean[] | undefined;
}

/** Fits one replicate after the other, reusing all storage. */
export class Resampler {
  readonly #task: ResamplingTask;
  readonly #objective: Objective;
  readonly #fitted: Float64Array;
  readonly #residual: Float64Array;
  /** Residuals of unit weight around their mean. */
  readonly #pool: Float64Array;
  readonly #source: Pick<Objective, "x" | "target" | "w" | "n">;
  readonly #counts: Float64Array;
  readonly #groups: Int32Array[];
  #draws: MersenneTwister;
  /** The replicate whose rows `draws` gives next. */
  #drawn = 0;
  readonly theta: Float64Array;
  value = 0;
  converged = false;

  constructor(task: ResamplingTask) {
    const { law, table, options, z, clusters, kind } = task;
    const { n, x, w } = table;
    this.#task = task;
    this.#objective = objectiveOf({ law, options, table: copyTable(table) });
    const target = this.#objective.target.slice();
    this.#source = { x, target, w, n };
    this.#objective.prepare(z);
    const residual = this.#objective.residual.slice();
    this.#fitted = target.map((value, i) => value + residual[i]!);
    this.#residual = restoredResiduals(this.#objective, z, residual, kind === "wild" ? 1 : 0.5);
    const pool = Array.from(this.#residual, (r, i) => r * Math.sqrt(w[i]!)).filter((_, i) => w[i]! > 0);
    const middle = mean(pool);
    this.#pool = Float64Array.from(pool, (r) => r - middle);
    this.theta = new Float64Array(law.parameters.length);
    const count = groupCount(task);
    this.#counts = new Float64Array(count);
    this.#draws = new MersenneTwister(task.seed);
    this.#groups = clusters ? rowsByCluster(clusters, count) : [];
  }

  /** Fits replicate k; the result is in `theta`, `value` and `converged`. */
  run(k: number): void {
    this.draw(k);
    this.#solve();
  }

  /** Residuals as large as the noise of a run of unit weight, around their mean. */
  get noise(): Float64Array {
    return this.#pool;
  }

  /** The objective of replicate k's runs, not fitted: it lives until the next draw. */
  draw(k: number): Objective {
    const { kind, seed } = this.#task;
    if (kind === "wild") this.#drawWild(new Random(seed, k));
    else if (kind === "residual") this.#drawResiduals(new Random(seed, k));
    else this.#drawRows(k);
    return this.#objective;
  }

  /** Fits without one run, or without one cluster where there are clusters (the jackknife). */
  leaveOut(group: number): void {
    this.#counts.fill(1);
    this.#counts[group] = 0;
    this.#takeCounted();
    this.#solve(1e-14);
  }

  #solve(tolerance = 1e-11): void {
    const { z, inverseHessian } = this.#task;
    let minimum = minimise(this.#objective, z, { inverseHessian, tolerance });
    // A stale inverse Hessian can stall far from the full fit: go again from where it stopped, with a fresh one.
    if (!minimum.converged) minimum = minimise(this.#objective, minimum.z, { tolerance });
    this.#objective.coordinates.toParameters(minimum.z, this.theta);
    this.value = minimum.value;
    this.converged = minimum.converged;
  }

  /**
   * Draws runs (or clusters) for replicate k from one stream over all replicates, as `np.random.choice` in a loop
   * would; a thread that starts further on draws the earlier replicates too and throws them away, which costs little.
   */
  #drawRows(k: number): void {
    const counts = this.#counts;
    if (k < this.#drawn) {
      this.#draws = new MersenneTwister(this.#task.seed);
      this.#drawn = 0;
    }
    for (; this.#drawn <= k; this.#drawn++) {
      counts.fill(0);
      for (let draw = 0; draw < counts.length; draw++) {
        const row = this.#draws.below(counts.length);
        counts[row]! += 1;
      }
    }
    this.#takeCounted();
  }

  /** Rows drawn are weighted by how often; rows not drawn are left out of the columns altogether. */
  #takeCounted(): void {
    const objective = this.#objective;
    const source = this.#source;
    const counts = this.#counts;
    const { clusters } = this.#task;
    let kept = 0;
    for (let i = 0; i < source.n; i++) {
      const count = counts[clusters ? clusters[i]! : i]!;
      if (count === 0) continue;
      for (let v = 0; v < source.x.length; v++) objective.x[v]![kept] = source.x[v]![i]!;
      objective.aim(kept, source.target[i]!);
      objective.w[kept] = count * source.w[i]!;
      kept++;
    }
    objective.n = kept;
  }

  /** Residuals drawn are of unit weight; a run takes one in its own, and without weight none. */
  #drawResiduals(random: Random): void {
    const objective = this.#objective;
    const fitted = this.#fitted;
    const pool = this.#pool;
    const { w, n } = this.#source;
    for (let i = 0; i < n; i++) {
      const drawn = w[i]! > 0 ? pool[random.below(pool.length)]! / Math.sqrt(w[i]!) : 0;
      objective.aim(i, fitted[i]! - drawn);
    }
  }

  #drawWild(random: Random): void {
    const objective = this.#objective;
    const fitted = this.#fitted;
    const residual = this.#residual;
    const { exact } = this.#task;
    const aim = (i: number, sign: number) =>
      objective.aim(i, fitted[i]! - (exact?.[i] ? 0 : sign) * residual[i]!);
    const groups = this.#groups;
    if (groups.length === 0) {
      for (let i = 0; i < this.#source.n; i++) aim(i, random.next() & 1 ? 1 : -1);
      return;
    }
    for (const rows of groups) {
      const sign = groups.length < 12 ? webb(random) : random.next() & 1 ? 1 : -1;
      for (const i of rows) aim(i, sign);
    }
  }
}

/** Webb's six points: with few clusters, signs alone give too few different replicates. */
function webb(random: Random): number {
  const k = random.below(6);
  return (k < 3 ? -1 : 1) * Math.sqrt((1 + (k % 3)) / 2);
}

/** Number of clusters, or of runs where there are no clusters: what a jackknife leaves out one by one. */
export function groupCount({ clusters, table }: Pick<ResamplingTask, "clusters" | "table">): number {
  return clusters ? clusters.reduce((largest, g) => Math.max(largest, g), -1) + 1 : table.n;
}

function rowsByCluster(clusters: Int32Array, count: number): Int32Array[] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  clusters.forEach((g, i) => {
    rows[g]!.push(i);
  });
  return rows.map((list) => Int32Array.from(list));
}
