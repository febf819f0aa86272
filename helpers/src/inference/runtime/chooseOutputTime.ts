import { risingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";

/** What the two rules for G miss at prompt sizes that were left out. */
export interface OutputTimeChoice {
  readonly rule: "constant" | "rising";
  readonly constantS: number;
  readonly risingS: number;
  readonly promptSizes: number;
}

/** With more prompt sizes, so many parts of neighbours are left out instead of single ones. */
const mostFolds = 40;

/**
 * Chooses between one G and G(p) = g0 + g1·p by leaving prompt sizes out: the slopes of the others must tell what the rows
 * of the size left out do around their mean (its own F is not asked for). The rising rule must be better by one standard
 * error of the difference, and rise.
 *
 * @param weights of the rows; those of weight 0 are left out
 * @returns undefined with fewer than three prompt sizes of two output sizes each, where nothing can be compared
 */
export function chooseOutputTime(
  rows: RuntimeRowColumns,
  weights: Float64Array,
): OutputTimeChoice | undefined {
  const told = toldSizes(rows, weights);
  if (told.length < 3) return undefined;
  const folds = Math.min(told.length, mostFolds);
  const differences: number[] = [];
  let [constant, rising, count] = [0, 0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const out = new Set(told.filter((_, at) => Math.floor((at * folds) / told.length) === fold));
    const kept = weights.map((weight, i) => (out.has(rows.group[i]!) ? 0 : weight));
    const one = risingRuntimes(rows, kept, "constant");
    const two = risingRuntimes(rows, kept, "rising");
    if (one === undefined || two === undefined) continue;
    for (const k of out) {
      const first = missed(rows, weights, k, one.base);
      const second = missed(rows, weights, k, two.base + two.rise * rows.promptSizes[k]!);
      constant += first.squares;
      rising += second.squares;
      count += first.mass;
      differences.push(first.squares - second.squares);
    }
  }
  if (count === 0 || differences.length < 2) return undefined;
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const spread = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1);
  const whole = risingRuntimes(rows, weights, "rising");
  const isBetter = mean > Math.sqrt(spread / differences.length) && (whole?.rise ?? 0) > 0;
  return {
    rule: isBetter ? "rising" : "constant",
    constantS: Math.sqrt(constant / count),
    risingS: Math.sqrt(rising / count),
    promptSizes: differences.length,
  };
}

/** Prompt sizes with two output sizes or more, of which alone a slope can be told. */
function toldSizes(rows: RuntimeRowColumns, weights: Float64Array): number[] {
  const first = new Map<number, number>();
  const told = new Set<number>();
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const k = rows.group[i]!;
    const known = first.get(k);
    if (known === undefined) first.set(k, rows.steps[i]!);
    else if (known !== rows.steps[i]) told.add(k);
  }
  return [...told].sort((a, b) => a - b);
}

function missed(rows: RuntimeRowColumns, weights: Float64Array, k: number, slope: number) {
  let [mass, mean] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    if (rows.group[i] !== k) continue;
    mass += weights[i]!;
    mean += weights[i]! * (rows.seconds[i]! - slope * rows.steps[i]!);
  }
  mean /= mass;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    if (rows.group[i] !== k) continue;
    squares += weights[i]! * (rows.seconds[i]! - slope * rows.steps[i]! - mean) ** 2;
  }
  return { mass, squares };
}
