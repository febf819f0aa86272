import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { calibrateParts } from "./calibrateParts.ts";
import type { PartsCalibration } from "./PartsCalibration.ts";
import { noiseGroup, type PartsFit } from "./PartsFit.ts";
import { predictedRow, unseenNoise } from "./predictParts.ts";

/** A row as the others predict it. */
export interface LeftOutRow {
  /** Its place in the rows that were calibrated on. */
  readonly row: number;
  /** The key of what was left out with it. */
  readonly group: string;
  readonly logMean: number;
  /** Standard deviation of the logarithm, with noise and without. */
  readonly deviation: number;
  readonly levelDeviation: number;
  /** ln(measured/predicted), and the same in standard deviations. */
  readonly error: number;
  readonly away: number;
}

/** How rows are left out. */
export interface LeaveOutOptions {
  /** Steps of Gauss and Newton without the group, from where all rows lead. Default 2; 1 is exact for a linear model. */
  readonly linearisations?: number;
  /** Whether the spreads of all rows are kept, which is fast, or worked out anew without the group. Default "kept". */
  readonly spreads?: "kept" | "refitted";
}

/**
 * Predicts every row by a calibration without those that share its key: their rows are dropped from the equations, which
 * are solved anew. Keys that only they have are unseen then: the spread of their effect is in the deviation.
 *
 * @param groupKey of a row's labels; "" leaves out nothing, and such rows are not predicted
 * @throws RangeError where the calibration was loaded or updated, and has no rows
 * @example
 * import { calibrateParts, hierarchy, leaveOut } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.1 }],
 * });
 * const calibration = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k })));
 * leaveOut(calibration, ({ engine }) => engine).length; // => 6
 */
export function leaveOut<L extends object>(
  calibration: PartsCalibration<L>,
  groupKey: (labels: L) => string,
  options: LeaveOutOptions = {},
): LeftOutRow[] {
  requireOptions("leaveOut", options, ["linearisations", "spreads"]);
  const { linearisations = 2, spreads = "kept" } = options;
  requireWhole("linearisations", linearisations, 1, "leave it out for 2");
  requireOneOf("spreads", spreads, ["kept", "refitted"]);
  const { fit } = calibration;
  if (!fit) {
    throw new RangeError(
      "leaveOut needs a calibration with its rows, got one that was loaded or updated; take it from calibrateParts",
    );
  }
  const groups = new Map<string, number[]>();
  fit.observations.forEach(({ labels }, i) => {
    const key = groupKey(labels);
    if (key === "") return;
    const own = groups.get(key);
    if (own) own.push(i);
    else groups.set(key, [i]);
  });
  const left: LeftOutRow[] = [];
  for (const [group, out] of groups) {
    if (spreads === "kept") left.push(...withoutGroup(calibration, fit, group, out, linearisations));
    else left.push(...refittedWithout(calibration, fit, group, out));
  }
  return left.sort((a, b) => a.row - b.row);
}

function withoutGroup<L>(
  calibration: PartsCalibration<L>,
  fit: PartsFit<L>,
  group: string,
  out: readonly number[],
  linearisations: number,
): LeftOutRow[] {
  const { tails, hierarchy } = calibration;
  const kept = fit.theta;
  const precision = fit.precisions();
  for (const i of out) precision[i] = 0;
  let equations = fit.step(precision);
  for (let k = 1; k < linearisations; k++) equations = fit.step(precision);
  const posterior = fit.posterior(equations);
  fit.theta = kept;
  // The noise of a group that is left out whole is not known either.
  const noise: Record<string, number> = {};
  precision.forEach((value, i) => {
    if (value !== 0) noise[fit.noiseGroups[fit.noiseOf[i]!]!] = fit.noise[fit.noiseOf[i]!]!;
  });
  return out.map((i) => {
    const row = fit.rows[i]!;
    const observation = fit.observations[i]!;
    const logMean = row.linearise(posterior.mean);
    const reduced = posterior.reduce(row);
    const variance = posterior.between(reduced, reduced);
    const scale =
      noise[noiseGroup(hierarchy, observation)] ?? unseenNoise(hierarchy, noise, observation.kind);
    return leftOutRow(i, group, logMean, variance, scale ** 2 * tailFactor(tails), fit.logs[i]!);
  });
}

function refittedWithout<L extends object>(
  calibration: PartsCalibration<L>,
  fit: PartsFit<L>,
  group: string,
  out: readonly number[],
): LeftOutRow[] {
  const isOut = new Set(out);
  const others = calibrateParts(
    calibration.hierarchy,
    fit.observations.filter((_, i) => !isOut.has(i)),
    { start: calibration, tails: calibration.tails, factors: "none" },
  );
  return out.map((i) => {
    const { logMean, variance, noiseVariance } = predictedRow(others, fit.observations[i]!);
    return leftOutRow(i, group, logMean, variance, noiseVariance, fit.logs[i]!);
  });
}

/** Variance of Student's t over its squared scale. */
const tailFactor = (tails: number) => (tails < Infinity ? tails / (tails - 2) : 1);

function leftOutRow(
  row: number,
  group: string,
  logMean: number,
  variance: number,
  noise: number,
  log: number,
): LeftOutRow {
  const deviation = Math.sqrt(variance + noise);
  const error = log - logMean;
  return {
    row,
    group,
    logMean,
    deviation,
    levelDeviation: Math.sqrt(variance),
    error,
    away: error / deviation,
  };
}
