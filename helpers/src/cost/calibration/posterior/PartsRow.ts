/** An effect that a row has. */
export interface RowEffect {
  readonly effect: number;
  readonly column: number;
  /** Indices of the parts that it lengthens; undefined for all. */
  readonly parts: readonly number[] | undefined;
  readonly weight: number;
}

/**
 * The logarithm of a sum of parts and its slopes: `ln Σ_k x_k exp(θ_k + Σ_effects w u)`. Only parts that are not 0 are
 * looked at; `columns` names what `slopes` are slopes by.
 */
export class PartsRow {
  readonly columns: Int32Array;
  readonly slopes: Float64Array;
  /** Effects behind the last columns. */
  readonly effects: readonly RowEffect[];
  /** Columns that belong to parts. */
  readonly nParts: number;
  private readonly x: Float64Array;
  private readonly logs: Float64Array;
  private readonly at: Int32Array;

  constructor(parts: ArrayLike<number>, effects: readonly RowEffect[]) {
    let n = 0;
    for (let k = 0; k < parts.length; k++) if (parts[k]! > 0) n++;
    this.nParts = n;
    this.effects = effects;
    this.x = new Float64Array(n);
    this.logs = new Float64Array(n);
    this.columns = new Int32Array(n + effects.length);
    this.slopes = new Float64Array(n + effects.length);
    // Where a part stands among those that are not 0.
    this.at = new Int32Array(parts.length).fill(-1);
    for (let k = 0, i = 0; k < parts.length; k++) {
      if (!(parts[k]! > 0)) continue;
      this.at[k] = i;
      this.columns[i] = k;
      this.x[i++] = parts[k]!;
    }
    for (let e = 0; e < effects.length; e++) this.columns[n + e] = effects[e]!.column;
  }

  /** Sets the slopes at these unknowns; what no row has is 0. Returns the logarithm of the sum. */
  linearise(theta: Float64Array): number {
    const { nParts, columns, slopes, effects, logs, x, at } = this;
    for (let i = 0; i < nParts; i++) logs[i] = theta[columns[i]!]!;
    let common = 0;
    for (const { column, parts, weight } of effects) {
      if (column < 0) continue;
      const by = weight * theta[column]!;
      if (!parts) common += by;
      else for (const k of parts) if (at[k]! >= 0) logs[at[k]!]! += by;
    }
    let sum = 0;
    for (let i = 0; i < nParts; i++) {
      const part = x[i]! * Math.exp(logs[i]!);
      slopes[i] = part;
      sum += part;
    }
    for (let i = 0; i < nParts; i++) slopes[i]! /= sum;
    for (let e = 0; e < effects.length; e++) {
      const { parts, weight } = effects[e]!;
      let share = parts ? 0 : 1;
      if (parts) for (const k of parts) if (at[k]! >= 0) share += slopes[at[k]!]!;
      slopes[nParts + e] = weight * share;
    }
    return Math.log(sum) + common;
  }
}
