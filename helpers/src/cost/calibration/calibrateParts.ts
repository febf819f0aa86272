import { requireAbove, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { Columns } from "./Columns.ts";
import type { Hierarchy } from "./Hierarchy.ts";
import { leftOutFactors } from "./leftOut/leftOutFactors.ts";
import { seenKeys } from "./leftOut/novelty.ts";
import { type PartsObservation, requireObservation } from "./Observation.ts";
import { farthest, type OutlyingRow, type PartsCalibration } from "./PartsCalibration.ts";
import { PartsFit } from "./PartsFit.ts";
import { settle } from "./settle.ts";

/** How a calibration is worked out. */
export interface CalibratePartsOptions<L = unknown> {
  /** Freedom of Student's t of the noise. Default 6; Infinity for normal noise. */
  readonly tails?: number;
  /** Standard deviation of the prior of the logarithm of a spread. Default 0.7, a factor of two either way. */
  readonly spreadDeviation?: number;
  /** Most steps of constants and spreads. Default 30. */
  readonly iterations?: number;
  /** A calibration close by to begin at, such as that of all rows where some are left out. */
  readonly start?: PartsCalibration<L>;
  /** "none" leaves out the factors of the intervals (those of a normal distribution stand in). Default "left-out". */
  readonly factors?: "left-out" | "none";
}

const optionNames = ["tails", "spreadDeviation", "iterations", "start", "factors"] as const;

/**
 * Calibrates the constants of a hierarchy on measured rows: constants and deviations by Gauss and Newton from the mixed
 * model equations, spreads by marginal likelihood, in turn until neither moves.
 *
 * @throws RangeError on no rows, a value that is not > 0, or a kind or parts that the hierarchy has not
 * @example
 * import { calibrateParts, hierarchy } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.1 }],
 * });
 * const rows = [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k }));
 * calibrateParts(time, rows).constants[0]!.value.toFixed(1); // => "1.5"
 */
export function calibrateParts<L extends object>(
  hierarchy: Hierarchy<L>,
  observations: readonly PartsObservation<L>[],
  options: CalibratePartsOptions<L> = {},
): PartsCalibration<L> {
  requireOptions("calibrateParts", options, optionNames);
  const { tails = 6, spreadDeviation = 0.7, iterations = 30, start, factors = "left-out" } = options;
  requireAbove(
    "tails",
    tails === Infinity ? 3 : tails,
    2,
    "leave it out for 6, or give Infinity for normal noise",
  );
  requirePositive("spreadDeviation", spreadDeviation, "leave it out for 0.7");
  requireWhole("iterations", iterations, 1, "leave it out for 30");
  requireOneOf("factors", factors, ["left-out", "none"]);
  requireRows("calibrateParts", observations);
  if (observations.length === 0) throw new RangeError("calibrateParts needs a row or more, got none");
  observations.forEach((row, i) => {
    requireObservation(hierarchy, row, `row ${i}`);
  });
  const fit = new PartsFit(Columns.of(hierarchy, observations), observations);
  fit.spreadDeviation = spreadDeviation;
  if (start) beginAt(fit, start);
  const { posterior, rest } = settle(fit, { tails, spreadDeviation, iterations });
  const calibration: PartsCalibration<L> = {
    hierarchy,
    constants: hierarchy.parts.map(({ name }, k) => ({
      name,
      value: Math.exp(posterior.mean[k]!),
      deviation: Math.sqrt(posterior.covariance[k * posterior.dense + k]!),
    })),
    spreads: Object.fromEntries(hierarchy.effects.map(({ name }, e) => [name, fit.spreads[e]!])),
    noise: Object.fromEntries(fit.noiseGroups.map((name, g) => [name, fit.noise[g]!])),
    tails,
    nRows: observations.length,
    outliers: outlying(fit, rest),
    seen: seenKeys(hierarchy, observations),
    factors: {},
    columns: fit.columns,
    posterior,
    fit,
  };
  if (factors === "none") return calibration;
  return { ...calibration, factors: leftOutFactors(calibration, fit, rest) };
}

/** Unknowns and spreads as another calibration has them, where it has them. */
function beginAt<L>(fit: PartsFit<L>, start: PartsCalibration<L>): void {
  const { columns } = fit;
  for (let k = 0; k < columns.hierarchy.parts.length; k++) fit.theta[k] = start.posterior.mean[k]!;
  columns.keys.forEach((own, e) => {
    for (const [key, c] of own) {
      const known = start.columns.keys[e]!.get(key);
      if (known !== undefined) fit.theta[c] = start.posterior.mean[known]!;
    }
  });
  fit.spreads = Float64Array.from(columns.hierarchy.effects, ({ name }) => start.spreads[name]!);
  fit.noise = Float64Array.from(fit.noiseGroups, (name, g) => start.noise[name] ?? fit.noise[g]!);
}

function outlying<L>(fit: PartsFit<L>, rest: Float64Array): OutlyingRow[] {
  return Array.from(rest, (value, row) => ({
    row,
    ratio: Math.exp(value),
    away: Math.abs(value) / fit.noise[fit.noiseOf[row]!]!,
  }))
    .filter(({ away }) => away > farthest)
    .sort((a, b) => b.away - a.away);
}
