import { chooseOutputTime, type OutputTimeChoice } from "./chooseOutputTime.ts";
import { cellMeans, measuredRuntimes } from "./measuredRuntimes.ts";
import { type RisingRuntimes, risingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";
import { huberRuntimes, type OutlyingRows, runtimeOutliers } from "./runtimeOutliers.ts";

/** What was settled on the way to F and G. */
export interface SolvedRuntime {
  readonly fit: RisingRuntimes;
  readonly rule: "constant" | "rising";
  readonly promptTimesFrom: "measured" | "fitted";
  readonly loss: "squares" | "huber";
  readonly outliers: OutlyingRows["rows"];
  readonly choice: OutputTimeChoice | undefined;
  /** Indices of the prompt sizes whose F the constraints changed. */
  readonly constrained: readonly number[];
}

export interface SolveRuntimeOptions {
  readonly promptTimes: "measured" | "fitted" | undefined;
  readonly outputTime: "constant" | "rising" | "chosen";
  readonly loss: "squares" | "huber" | "chosen";
  readonly constraints: "rising" | "none";
  readonly round: (value: number) => number;
}

type Rule = "constant" | "rising" | "proportional";

/** F and G of rows, with the rule for G and the loss that the options and the rows ask for. */
export function solveRuntime(rows: RuntimeRowColumns, options: SolveRuntimeOptions): SolvedRuntime {
  const isMeasured = isFromSingleTokens(rows, options.promptTimes);
  requireTold(rows, isMeasured);
  const isRising = options.outputTime !== "constant";
  const canRise = isRising && risingRuntimes(rows, rows.weights, "rising") !== undefined;
  if (options.outputTime === "rising" && !canRise) {
    throw new RangeError(
      'outputTime: "rising" needs two prompt sizes with two output sizes each; measure them, or take one G for all',
    );
  }
  const found =
    options.loss === "squares" ? undefined : runtimeOutliers(rows, canRise ? "rising" : "constant");
  const outliers = found?.rows ?? [];
  const isHuber = found !== undefined && (options.loss === "huber" || outliers.length > 0);
  const weights = rows.weights.slice();
  for (const { row } of outliers) weights[row] = 0;
  const choice = options.outputTime === "chosen" && canRise ? chooseOutputTime(rows, weights) : undefined;
  const rule = options.outputTime === "chosen" ? (choice?.rule ?? "constant") : options.outputTime;
  const solve = (as: Rule): RisingRuntimes => {
    const isFree = options.constraints === "none";
    if (isHuber) {
      // A row that is named has no say, or its leverage would still move G; but where nothing else is left to tell it by.
      const others = { ...rows, weights: withoutOutliers(rows, weights) };
      return huberRuntimes(others, found, as, isFree) ?? huberRuntimes(rows, found, as, isFree)!;
    }
    return isMeasured
      ? measuredRuntimes(rows, as, options.round, isFree)
      : risingRuntimes(rows, rows.weights, as, isFree)!;
  };
  const fit = withinBounds(solve, rule);
  return {
    fit,
    rule,
    promptTimesFrom: isMeasured && !isHuber ? "measured" : "fitted",
    loss: isHuber ? "huber" : "squares",
    outliers,
    choice,
    constrained: options.constraints === "none" ? [] : changedSizes(rows, fit, isMeasured && !isHuber),
  };
}

/** Weights without the rows that lie off, of each prompt size that has others. */
function withoutOutliers(rows: RuntimeRowColumns, weights: Float64Array): Float64Array {
  const left = new Float64Array(rows.promptSizes.length);
  for (let i = 0; i < weights.length; i++) left[rows.group[i]!]! += weights[i]!;
  return weights.map((weight, i) => (left[rows.group[i]!]! > 0 ? weight : rows.weights[i]!));
}

/** Squares alone and no constraint: what replicates of a bootstrap are solved by, as it errs to both sides alike. */
export function freeRuntimes(
  rows: RuntimeRowColumns,
  weights: Float64Array,
  isMeasured: boolean,
  rule: "constant" | "rising",
): RisingRuntimes | undefined {
  return isMeasured
    ? measuredRuntimes(rows, rule, (value) => value, true)
    : risingRuntimes(rows, weights, rule, true);
}

/** Both parts of a rising G are at least 0: of two unknowns the bounds are met by trying each alone. */
function withinBounds(solve: (rule: Rule) => RisingRuntimes, rule: "constant" | "rising"): RisingRuntimes {
  const fit = solve(rule);
  if (rule === "constant") return fit;
  if (fit.rise < 0) return solve("constant");
  return fit.base < 0 ? solve("proportional") : fit;
}

function isFromSingleTokens(rows: RuntimeRowColumns, asked: "measured" | "fitted" | undefined): boolean {
  const single = new Set<number>();
  rows.steps.forEach((steps, i) => {
    if (steps === 0) single.add(rows.group[i]!);
  });
  const missing = rows.promptSizes.filter((_, k) => !single.has(k));
  if (asked === "measured" && missing.length > 0) {
    throw new RangeError(
      `no request with 1 output token for ${missing.length} prompt size(s), the first being ${missing[0]}; ` +
        `measure one, or fit with { promptTimes: "fitted" }`,
    );
  }
  return (asked ?? (missing.length === 0 ? "measured" : "fitted")) === "measured";
}

function requireTold(rows: RuntimeRowColumns, isMeasured: boolean): void {
  if (isMeasured || risingRuntimes(rows, rows.weights, "constant") !== undefined) return;
  throw new RangeError(
    "no prompt size was measured with two output sizes, so prefill and decode cannot be told apart; " +
      "measure one prompt size with two output sizes",
  );
}

/** The sizes whose own rows would give another F, given the same G. */
function changedSizes(rows: RuntimeRowColumns, fit: RisingRuntimes, isMeasured: boolean): number[] {
  const n = rows.promptSizes.length;
  const changed: number[] = [];
  const cells = isMeasured ? cellMeans(rows).filter(({ steps }) => steps === 0) : undefined;
  const shared = (k: number) =>
    fit.block[k] !== k || (k + 1 < n && fit.block[k + 1] === k) || fit.block[k] === -1;
  for (let k = 0; k < n; k++) {
    if (!shared(k)) continue;
    const own = cells ? cells.find((cell) => cell.k === k)!.seconds : ownPrompt(rows, fit, k);
    const scale = Math.max(Math.abs(own), fit.prompt[k]!, 1e-12);
    if (Math.abs(own - fit.prompt[k]!) > 1e-9 * scale) changed.push(k);
  }
  return changed;
}

function ownPrompt(rows: RuntimeRowColumns, fit: RisingRuntimes, k: number): number {
  const slope = fit.base + fit.rise * rows.promptSizes[k]!;
  let [mass, sum] = [0, 0];
  for (let i = 0; i < rows.group.length; i++) {
    if (rows.group[i] !== k) continue;
    mass += rows.weights[i]!;
    sum += rows.weights[i]! * (rows.seconds[i]! - slope * rows.steps[i]!);
  }
  return sum / mass;
}
