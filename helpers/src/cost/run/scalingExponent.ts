import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";

/** How long a task took on so many accelerators. */
export interface TimedOnDevices {
  readonly nDevices: number;
  /** Time in any unit. */
  readonly time: number;
}

/** time = scale / nDevices^exponent. */
export interface DeviceScaling {
  /** 1 where twice the accelerators halve the time. */
  readonly exponent: number;
  /** Standard error of the exponent; NaN with two rows. */
  readonly standardError: number;
  /** Time on one accelerator by the line. */
  readonly scale: number;
}

/**
 * How the time of a task falls with the number of accelerators, by least squares of ln time over ln accelerators.
 *
 * The exponent holds for the numbers between the rows: as a batch is cut into smaller and smaller pieces it falls, so beyond
 * them the time is longer than the line says.
 *
 * @throws RangeError on counts or times outside their domain, or all on the same number of accelerators
 *
 * @example
 * import { scalingExponent } from "isoflop";
 * scalingExponent([{ nDevices: 512, time: 230.68 }, { nDevices: 8192, time: 19.638 }]).exponent; // => 0.8885
 */
export function scalingExponent(rows: readonly TimedOnDevices[]): DeviceScaling {
  requireRows("scalingExponent", rows);
  rows.forEach(({ nDevices, time }, at) => {
    requireWhole("nDevices", nDevices, 1, { in: `row ${at + 1}` });
    requirePositive("time", time, { in: `row ${at + 1}` });
  });
  if (new Set(rows.map(({ nDevices }) => nDevices)).size < 2) {
    throw new RangeError("an exponent needs times on two numbers of accelerators or more; add rows");
  }
  const { slope, intercept, slopeStandardError } = linearFit(
    rows.map(({ nDevices }) => Math.log(nDevices)),
    rows.map(({ time }) => Math.log(time)),
  );
  return { exponent: -slope, standardError: slopeStandardError, scale: Math.exp(intercept) };
}
