import type { PartsCalibration } from "../PartsCalibration.ts";
import type { PartsFit } from "../PartsFit.ts";
import { type AwayRow, endsByKind, type FactorTable } from "./intervalFactors.ts";
import { leaveOutGroups } from "./leaveOutGroups.ts";
import { leaveOutUnits } from "./leaveOutUnits.ts";

/**
 * Factors of the intervals from rows that were left out: with their unit for what is known, with all that share their key
 * for each novelty.
 *
 * @param rest residuals that are left by the unknowns
 */
export function leftOutFactors<L>(
  calibration: PartsCalibration<L>,
  fit: PartsFit<L>,
  rest: Float64Array,
): FactorTable {
  const { hierarchy, posterior, tails } = calibration;
  const units = fit.observations.map(({ labels }, i) => hierarchy.unit?.(labels) || `row ${i}`);
  const away = leaveOutUnits(fit, posterior, rest, units, tails < Infinity ? tails / (tails - 2) : 1);
  const factors: Record<string, FactorTable[string]> = {
    known: endsByKind(Array.from(away, (value, i) => awayRow(fit, i, value, units[i]!))),
  };
  for (const { name, key } of hierarchy.novelties ?? []) {
    const left = leaveOutGroups(calibration, fit, key, 2);
    if (new Set(left.map(({ group }) => group)).size < 2) continue;
    factors[name] = endsByKind(left.map((row) => awayRow(fit, row.row, row.away, row.group)));
  }
  return factors;
}

/** What the factors need of a left-out row. */
export function awayRow<L>(fit: PartsFit<L>, row: number, away: number, group: string): AwayRow {
  const { kind, labels } = fit.observations[row]!;
  return { away, group, kind, stratum: fit.columns.hierarchy.stratum?.(labels) ?? "" };
}
