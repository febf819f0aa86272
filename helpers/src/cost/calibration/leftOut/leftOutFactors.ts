import type { HierarchyNovelty } from "../Hierarchy.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import type { PartsFit } from "../PartsFit.ts";
import { type AwayRow, endsByKind, type FactorTable } from "./intervalFactors.ts";
import { groupsOf, leaveOutGroups } from "./leaveOutGroups.ts";
import { leaveOutUnits } from "./leaveOutUnits.ts";

/** More groups are left out in closed form, which knows the rows as they are linearised with all of them. */
const manyGroups = 64;

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
  const factor = tails < Infinity ? tails / (tails - 2) : 1;
  const ofUnits = (keys: readonly string[]) => {
    const away = leaveOutUnits(fit, posterior, rest, keys, factor);
    return endsByKind(
      Array.from(away, (value, i) => awayRow(fit, i, value, keys[i]!)).filter(({ group }) => group !== ""),
    );
  };
  const labels = fit.observations.map((row) => row.labels);
  const factors: Record<string, FactorTable[string]> = {
    known: ofUnits(labels.map((own, i) => hierarchy.unit?.(own) || `row ${i}`)),
  };
  // Closed forms first: what follows linearises the rows elsewhere.
  const later: HierarchyNovelty<L>[] = [];
  for (const novelty of hierarchy.novelties ?? []) {
    const groups = groupsOf(fit, novelty.key);
    if (groups.size < 2) continue;
    if (groups.size > manyGroups) factors[novelty.name] = ofUnits(labels.map(novelty.key));
    else later.push(novelty);
  }
  for (const { name, key } of later) {
    const left = leaveOutGroups(calibration, fit, key, 2);
    factors[name] = endsByKind(left.map((row) => awayRow(fit, row.row, row.away, row.group)));
  }
  return factors;
}

/** What the factors need of a left-out row. */
export function awayRow<L>(fit: PartsFit<L>, row: number, away: number, group: string): AwayRow {
  const { kind, labels } = fit.observations[row]!;
  return { away, group, kind, stratum: fit.columns.hierarchy.stratum?.(labels) ?? "" };
}
