import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { median } from "../../numerics/median.ts";
import type { Estimated } from "./EngineEstimate.ts";

/** A measurement, and the estimate that was made of it. */
export interface EstimatedRow {
  /** What rows are told apart by, such as the accelerator or the model that was left out. */
  readonly group: string;
  readonly measured: number;
  /** In the unit of the measurement. */
  readonly estimated: Estimated;
}

/** How estimates of a group came out. */
export interface GroupRecord {
  /** "all" for all rows together. */
  readonly group: string;
  readonly rows: number;
  /** Mean and median of |estimate/measurement − 1|. */
  readonly meanError: number;
  readonly medianError: number;
  /** Median of estimate/measurement: 1 where as many are too high as too low. */
  readonly medianRatio: number;
  /** Share of measurements within the intervals, 0 to 1. */
  readonly covered80: number;
  readonly covered95: number;
  /** Median of high/low of the 80 % interval, as a factor. */
  readonly width80: number;
}

/**
 * How estimates with intervals compare with measurements, group by group and over all: errors, how many measurements lie in
 * the intervals, and how wide those are. An 80 % interval that is right holds 80 % of the rows; whether the rows were left
 * out of the calibration is for the caller to see to.
 *
 * @returns groups in the order in which they first occur, then all rows as "all"
 * @throws TypeError when there are no rows of that kind
 * @throws RangeError on a measurement that is not > 0, or no rows
 * @example
 * import { estimateRecord } from "isoflop";
 * const estimated = { value: 10, interval80: [8, 12], interval95: [5, 20] } as const;
 * const [record] = estimateRecord([
 *   { group: "h100", measured: 10, estimated },
 *   { group: "h100", measured: 16, estimated },
 * ]);
 * [record!.covered80, record!.covered95, record!.width80]; // => [0.5, 1, 1.5]
 */
export function estimateRecord(rows: readonly EstimatedRow[]): GroupRecord[] {
  requireRows("estimateRecord", rows);
  if (rows.length === 0) throw new RangeError("estimateRecord needs one row or more");
  for (const [i, { measured }] of rows.entries()) {
    requirePositive(`measured of row ${i}`, measured, "leave rows without a measurement out");
  }
  const groups = [...new Set(rows.map(({ group }) => group))];
  return [
    ...groups.map((group) =>
      recordOf(
        group,
        rows.filter((row) => row.group === group),
      ),
    ),
    recordOf("all", rows),
  ];
}

function recordOf(group: string, rows: readonly EstimatedRow[]): GroupRecord {
  const ratios = rows.map(({ measured, estimated }) => estimated.value / measured);
  const errors = ratios.map((ratio) => Math.abs(ratio - 1));
  const covered = (level: "interval80" | "interval95") =>
    rows.filter(({ measured, estimated }) => {
      const [low, high] = estimated[level];
      return low <= measured && measured <= high;
    }).length / rows.length;
  return {
    group,
    rows: rows.length,
    meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    medianError: median(Float64Array.from(errors)),
    medianRatio: median(Float64Array.from(ratios)),
    covered80: covered("interval80"),
    covered95: covered("interval95"),
    width80: median(
      Float64Array.from(
        rows,
        ({
          estimated: {
            interval80: [low, high],
          },
        }) => high / low,
      ),
    ),
  };
}
