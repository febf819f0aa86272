import type { PartsCalibration } from "../PartsCalibration.ts";
import { noiseGroup, type PartsFit } from "../PartsFit.ts";
import { unseenNoise } from "../predictParts.ts";
import type { IntervalEnds } from "./intervalFactors.ts";

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
  /** Factors of its intervals by rows of other groups: `logMean - lower80 deviation` and so on. */
  readonly ends?: IntervalEnds;
}

/** Every row predicted without those that share its key, spreads as they are. */
export function leaveOutGroups<L>(
  calibration: PartsCalibration<L>,
  fit: PartsFit<L>,
  groupKey: (labels: L) => string,
  linearisations: number,
): LeftOutRow[] {
  const left: LeftOutRow[] = [];
  for (const [group, out] of groupsOf(fit, groupKey)) {
    left.push(...withoutGroup(calibration, fit, group, out, linearisations));
  }
  return left.sort((a, b) => a.row - b.row);
}

/** Rows of each key; those whose key is "" are left alone. */
export function groupsOf<L>(fit: PartsFit<L>, groupKey: (labels: L) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  fit.observations.forEach(({ labels }, i) => {
    const key = groupKey(labels);
    if (key === "") return;
    const own = groups.get(key);
    if (own) own.push(i);
    else groups.set(key, [i]);
  });
  return groups;
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

/** Variance of Student's t over its squared scale. */
const tailFactor = (tails: number) => (tails < Infinity ? tails / (tails - 2) : 1);

/** A row as it was predicted. */
export function leftOutRow(
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
