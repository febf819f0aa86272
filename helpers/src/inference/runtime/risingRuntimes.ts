import { risingMeans } from "./risingMeans.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";

/** F and G of the constrained least squares. */
export interface RisingRuntimes {
  /** F of each prompt size, never falling, never below 0. */
  readonly prompt: Float64Array;
  /** G(p) = base + rise · p, in seconds a token; not constrained. */
  readonly base: number;
  readonly rise: number;
  /** For each prompt size the first one that it shares F with; -1 where F is at its bound 0. */
  readonly block: Int32Array;
}

/** Sums over the rows of one prompt size, and within the sizes: all that the solution needs. */
interface Moments {
  readonly n: number;
  readonly mass: Float64Array;
  readonly y: Float64Array;
  readonly x: readonly Float64Array[];
  readonly within: { readonly xx: number[][]; readonly xy: number[] };
}

/** More steps than any sequence of active sets that was seen; the best so far stands if it is not enough. */
const maxSteps = 200;

/**
 * Least squares of T = F(p) + (o−1)·G(p) with 0 ≤ F(p₁) ≤ F(p₂) ≤ …, F and G jointly: exact, by active sets.
 *
 * For a given G the best F are the rising means of T − (o−1)·G, so what is left is convex and piecewise quadratic in G: a
 * Newton step solves the piece at hand, and it is done when the piece stays the same. A step that does not lower the sum of
 * squares is halved.
 *
 * @param rule one slope for all, or slopes that change in proportion to the prompt
 * @param isFree without the constraints
 * @returns undefined where no prompt size has two output sizes with weight (or no two do, for the rising rule)
 */
export function risingRuntimes(
  rows: RuntimeRowColumns,
  weights: Float64Array,
  rule: "constant" | "rising" | "proportional",
  isFree = false,
): RisingRuntimes | undefined {
  // Prompts are measured in the longest one, so that both columns have the size of steps.
  const longest = rows.promptSizes.at(-1)!;
  const moments = momentsOf(rows, weights, rule, longest);
  const own = Int32Array.from({ length: moments.n }, (_, k) => k);
  // Whether G can be told at all is a matter of the rows, before any constraint helps.
  let slopes = solve(moments.within.xx, moments.within.xy);
  if (slopes === undefined) return undefined;
  let used = own;
  if (isFree) {
    const { left } = stateAt(moments, slopes);
    return { prompt: left, ...slopesOf(slopes, rule, longest), block: own };
  }
  let state = stateAt(moments, slopes);
  for (let step = 0; step < maxSteps && !same(state.block, used); step++) {
    const target = pieceMinimum(moments, state.block);
    if (target === undefined) break;
    const block = state.block;
    let share = 1;
    let next = stateAt(moments, target);
    let at = target;
    while (next.excess > state.excess * (1 + 1e-13) && share > 1e-9) {
      share /= 2;
      at = slopes.map((slope, a) => slope + share * (target[a]! - slope));
      next = stateAt(moments, at);
    }
    slopes = at;
    state = next;
    used = share === 1 ? block : own.slice().fill(-2);
  }
  return { prompt: state.fitted, ...slopesOf(slopes, rule, longest), block: state.block };
}

/** Slopes by their names, in seconds a token and seconds a token and prompt token. */
function slopesOf(slopes: readonly number[], rule: string, longest: number): { base: number; rise: number } {
  if (rule === "proportional") return { base: 0, rise: slopes[0]! / longest };
  return { base: slopes[0]!, rise: (slopes[1] ?? 0) / longest };
}

function momentsOf(rows: RuntimeRowColumns, weights: Float64Array, rule: string, longest: number): Moments {
  const n = rows.promptSizes.length;
  const size = rule === "rising" ? 2 : 1;
  const factor = (k: number) => rows.promptSizes[k]! / longest;
  const mass = new Float64Array(n);
  const y = new Float64Array(n);
  const steps = new Float64Array(n);
  for (let i = 0; i < weights.length; i++) {
    const k = rows.group[i]!;
    mass[k]! += weights[i]!;
    y[k]! += weights[i]! * rows.seconds[i]!;
    steps[k]! += weights[i]! * rows.steps[i]!;
  }
  for (let k = 0; k < n; k++) {
    const of = mass[k]! > 0 ? mass[k]! : 1;
    y[k]! /= of;
    steps[k]! /= of;
  }
  // Within a prompt size the columns differ by a factor, so that two sums a size hold all.
  const xx = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const xy = new Array<number>(size).fill(0);
  const factors = (k: number) =>
    rule === "rising" ? [1, factor(k)] : [rule === "proportional" ? factor(k) : 1];
  for (let i = 0; i < weights.length; i++) {
    const k = rows.group[i]!;
    const dx = rows.steps[i]! - steps[k]!;
    const dy = rows.seconds[i]! - y[k]!;
    const w = weights[i]!;
    const first = rule === "proportional" ? factor(k) : 1;
    xx[0]![0]! += w * dx * dx * first * first;
    xy[0]! += w * dx * dy * first;
    if (size === 2) {
      const f = factor(k);
      xx[0]![1]! += w * dx * dx * f;
      xx[1]![1]! += w * dx * dx * f * f;
      xy[1]! += w * dx * dy * f;
    }
  }
  if (size === 2) xx[1]![0] = xx[0]![1]!;
  const x = Array.from({ length: size }, (_, a) =>
    Float64Array.from(steps, (mean, k) => mean * factors(k)[a]!),
  );
  return { n, mass, y, x, within: { xx, xy } };
}

/** F at given slopes, and the sum of squares but for what no slope changes. */
function stateAt(moments: Moments, slopes: readonly number[]) {
  const { n, mass, y, x, within } = moments;
  const left = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let value = y[k]!;
    for (let a = 0; a < slopes.length; a++) value -= slopes[a]! * x[a]![k]!;
    left[k] = value;
  }
  const fitted = new Float64Array(n);
  const block = new Int32Array(n);
  risingMeans(left, mass, fitted, block);
  const best = solve(within.xx, within.xy)!;
  // Squares within the sizes, above their least: no large sums are taken from each other.
  let excess = 0;
  for (let a = 0; a < slopes.length; a++) {
    for (let b = 0; b < slopes.length; b++) {
      excess += (slopes[a]! - best[a]!) * within.xx[a]![b]! * (slopes[b]! - best[b]!);
    }
  }
  for (let k = 0; k < n; k++) excess += mass[k]! * (left[k]! - fitted[k]!) ** 2;
  return { left, fitted, block, excess };
}

/** The slopes that are best while the same sizes share F, or are at 0. */
function pieceMinimum(moments: Moments, block: Int32Array): number[] | undefined {
  const { n, mass, y, x, within } = moments;
  const size = x.length;
  const xx = within.xx.map((row) => [...row]);
  const xy = [...within.xy];
  for (let k = 0; k < n; ) {
    let end = k + 1;
    while (end < n && block[end] === block[k]) end++;
    // Around the means of the sizes that share F; around 0 where F is 0.
    let total = 0;
    let meanY = 0;
    const meanX = new Array<number>(size).fill(0);
    if (block[k] !== -1) {
      for (let j = k; j < end; j++) total += mass[j]!;
      for (let j = k; j < end && total > 0; j++) {
        meanY += (mass[j]! * y[j]!) / total;
        for (let a = 0; a < size; a++) meanX[a]! += (mass[j]! * x[a]![j]!) / total;
      }
    }
    for (let j = k; j < end; j++) {
      for (let a = 0; a < size; a++) {
        const dx = x[a]![j]! - meanX[a]!;
        xy[a]! += mass[j]! * dx * (y[j]! - meanY);
        for (let b = 0; b < size; b++) xx[a]![b]! += mass[j]! * dx * (x[b]![j]! - meanX[b]!);
      }
    }
    k = end;
  }
  return solve(xx, xy);
}

/** Solves one or two equations; undefined where they say too little. */
function solve(xx: readonly (readonly number[])[], xy: readonly number[]): number[] | undefined {
  const a = xx[0]![0]!;
  if (!(a > 0)) return undefined;
  if (xy.length === 1) return [xy[0]! / a];
  const b = xx[0]![1]!;
  const rest = xx[1]![1]! - (b * b) / a;
  if (!(rest > 1e-12 * xx[1]![1]!)) return undefined;
  const second = (xy[1]! - (b * xy[0]!) / a) / rest;
  return [(xy[0]! - b * second) / a, second];
}

function same(left: Int32Array, right: Int32Array): boolean {
  for (let k = 0; k < left.length; k++) if (left[k] !== right[k]) return false;
  return true;
}
