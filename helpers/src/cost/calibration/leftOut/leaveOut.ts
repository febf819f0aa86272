import { requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { calibrateParts } from "../calibrateParts.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import type { PartsFit } from "../PartsFit.ts";
import { predictedRow } from "../predictParts.ts";
import { endsByKind, type IntervalEnds, normalEnds } from "./intervalFactors.ts";
import { groupsOf, type LeftOutRow, leaveOutGroups, leftOutRow } from "./leaveOutGroups.ts";
import { awayRow } from "./leftOutFactors.ts";

/** How rows are left out. */
export interface LeaveOutOptions {
  /** Steps of Gauss and Newton without the group, from where all rows lead. Default 2; 1 is exact for a linear model. */
  readonly linearisations?: number;
  /** Whether the spreads of all rows are kept, which is fast, or worked out anew without the group. Default "kept". */
  readonly spreads?: "kept" | "refitted";
  /** Whether each row gets `ends`, the factors of its intervals by the rows of the other groups. Default false. */
  readonly intervals?: boolean;
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
  requireOptions("leaveOut", options, ["linearisations", "spreads", "intervals"]);
  const { linearisations = 2, spreads = "kept", intervals = false } = options;
  requireWhole("linearisations", linearisations, 1, "leave it out for 2");
  requireOneOf("spreads", spreads, ["kept", "refitted"]);
  const { fit } = calibration;
  if (!fit) {
    throw new RangeError(
      "leaveOut needs a calibration with its rows, got one that was loaded or updated; take it from calibrateParts",
    );
  }
  requireOneOf("intervals", `${intervals}`, ["true", "false"]);
  const left: LeftOutRow[] =
    spreads === "kept" ? leaveOutGroups(calibration, fit, groupKey, linearisations) : [];
  if (spreads === "refitted") {
    for (const [group, out] of groupsOf(fit, groupKey))
      left.push(...refittedWithout(calibration, fit, group, out));
    left.sort((a, b) => a.row - b.row);
  }
  return intervals ? withEnds(fit, left) : left;
}

/** Each row with factors from the rows of the other groups. */
function withEnds<L>(fit: PartsFit<L>, left: readonly LeftOutRow[]): LeftOutRow[] {
  const rows = left.map((row) => awayRow(fit, row.row, row.away, row.group));
  const tables = new Map<string, Record<string, IntervalEnds>>();
  return left.map((row, i) => {
    const { group, kind, stratum } = rows[i]!;
    let table = tables.get(group);
    if (!table) {
      table = endsByKind(rows.filter((other) => other.group !== group));
      tables.set(group, table);
    }
    return { ...row, ends: table[`${kind}|${stratum}`] ?? table[kind] ?? table[""] ?? normalEnds };
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
    {
      start: calibration,
      tails: calibration.tails,
      spreadDeviation: fit.spreadDeviation,
      factors: "none",
    },
  );
  return out.map((i) => {
    const { logMean, known, unseen, noise } = predictedRow(others, fit.observations[i]!);
    return leftOutRow(i, group, logMean, known + unseen, noise, fit.logs[i]!);
  });
}
