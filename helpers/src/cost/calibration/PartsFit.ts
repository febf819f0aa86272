import type { Columns } from "./Columns.ts";
import type { PartsObservation } from "./Observation.ts";
import { NormalEquations } from "./posterior/NormalEquations.ts";
import type { PartsRow } from "./posterior/PartsRow.ts";
import { Posterior } from "./posterior/Posterior.ts";

/** How far an unknown may move in one step of Gauss and Newton. */
const longestStep = 1.5;

/** What a calibration is worked out from: rows, unknowns and spreads as they are. */
export class PartsFit<L> {
  readonly columns: Columns<L>;
  readonly observations: readonly PartsObservation<L>[];
  readonly rows: readonly PartsRow[];
  /** Logarithms of the measured values. */
  readonly logs: Float64Array;
  /** Group of the noise of each row, and the groups. */
  readonly noiseOf: Int32Array;
  readonly noiseGroups: readonly string[];
  readonly priorMean: Float64Array;
  theta: Float64Array;
  /** Standard deviation of each effect, and of the noise of each group. */
  spreads: Float64Array;
  noise: Float64Array;
  /** How far the spreads may move from the typical ones, as it was asked for. */
  spreadDeviation = 0.7;
  /** Weights of the rows: far from all others, less than 1. */
  readonly weights: Float64Array;
  /** Log mean less measured, at the unknowns as they were before the last step. */
  readonly residuals: Float64Array;

  constructor(columns: Columns<L>, observations: readonly PartsObservation<L>[]) {
    const { hierarchy } = columns;
    this.columns = columns;
    this.observations = observations;
    this.rows = observations.map((row) => columns.row(row));
    this.logs = Float64Array.from(observations, ({ value }) => Math.log(value));
    const groups = new Map<string, number>();
    const typical: number[] = [];
    this.noiseOf = Int32Array.from(observations, (row) => {
      const name = noiseGroup(hierarchy, row);
      let at = groups.get(name);
      if (at === undefined) {
        at = groups.size;
        groups.set(name, at);
        typical.push(hierarchy.kinds.find((kind) => kind.name === row.kind)!.noise);
      }
      return at;
    });
    this.noiseGroups = [...groups.keys()];
    this.noise = Float64Array.from(typical);
    this.spreads = Float64Array.from(hierarchy.effects, (effect) => effect.typical);
    this.weights = new Float64Array(observations.length).fill(1);
    this.residuals = new Float64Array(observations.length);
    this.priorMean = new Float64Array(columns.count);
    hierarchy.parts.forEach(({ median }, k) => {
      this.priorMean[k] = Math.log(median);
    });
    this.theta = this.priorMean.slice();
  }

  /** Precision of each row. */
  precisions(): Float64Array {
    return this.weights.map((weight, i) => weight / this.noise[this.noiseOf[i]!]! ** 2);
  }

  /** Prior precision of each unknown. */
  priorPrecisions(): Float64Array {
    const { parts } = this.columns.hierarchy;
    return Float64Array.from(this.columns.effectOf, (effect, c) =>
      effect < 0 ? parts[c]!.deviation ** -2 : this.spreads[effect]! ** -2,
    );
  }

  /**
   * A step of Gauss and Newton from `theta`: the unknowns that the rows say, linearised there.
   *
   * @param precision of each row; 0 leaves it out
   */
  step(precision: Float64Array): NormalEquations {
    const { rows, columns, logs, theta, priorMean, residuals } = this;
    const right = new Float64Array(columns.count);
    for (let i = 0; i < rows.length; i++) {
      if (precision[i] === 0) continue;
      const row = rows[i]!;
      let rest = logs[i]! - row.linearise(theta);
      residuals[i] = rest;
      const { columns: at, slopes } = row;
      for (let s = 0; s < at.length; s++) {
        const c = at[s]!;
        if (c >= 0) rest += slopes[s]! * (theta[c]! - priorMean[c]!);
      }
      rest *= precision[i]!;
      for (let s = 0; s < at.length; s++) if (at[s]! >= 0) right[at[s]!]! += slopes[s]! * rest;
    }
    const equations = new NormalEquations(rows, precision, this.priorPrecisions(), columns.dense);
    const solved = equations.solve(right);
    let longest = 0;
    for (let c = 0; c < solved.length; c++) {
      solved[c]! += priorMean[c]! - theta[c]!;
      longest = Math.max(longest, Math.abs(solved[c]!));
    }
    const share = Math.min(1, longestStep / longest);
    this.theta = theta.map((value, c) => value + share * solved[c]!);
    return equations;
  }

  /** The posterior that belongs to the last step. */
  posterior(equations: NormalEquations): Posterior {
    return new Posterior(this.theta, equations.covariance(), equations.absorbed);
  }

  /** What is left of each row after the last step, by the slopes that it was linearised with; `before` is where. */
  linearResiduals(before: Float64Array): Float64Array {
    return this.residuals.map((residual, i) => {
      const { columns, slopes } = this.rows[i]!;
      let rest = residual;
      for (let s = 0; s < columns.length; s++) {
        const c = columns[s]!;
        if (c >= 0) rest -= slopes[s]! * (this.theta[c]! - before[c]!);
      }
      return rest;
    });
  }
}

/** Rows of one group share the spread of their noise. */
export function noiseGroup<L>(
  { noise }: { noise?(labels: L): string },
  { kind, labels }: { readonly kind: string; readonly labels: L },
): string {
  return noise ? `${kind}|${noise(labels)}` : kind;
}
