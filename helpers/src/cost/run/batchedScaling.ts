import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { leastSquares } from "../../numerics/lines/leastSquares.ts";
import { scalingExponent, type TimedOnDevices } from "./scalingExponent.ts";

/** How long a task took on so many accelerators of a system, with which batch. */
export interface TimedWithBatch extends TimedOnDevices {
  /** Accelerator and whatever else sets the speed: each has a scale of its own. */
  readonly system: string;
  /** Sequences of a step on all accelerators together. */
  readonly batch: number;
}

/** time = scale of the system / n (n/B)^split B^batch. */
export interface BatchedScaling {
  /** What cutting a sequence over more accelerators costs: 0 where nothing. */
  readonly split: number;
  /** What a larger batch costs in samples until the task is done: 0 where nothing, 1 where it saves no step. */
  readonly batch: number;
  /** Standard errors of `split` and `batch`. */
  readonly standardErrors: readonly [split: number, batch: number];
  /** The scale of each system. */
  readonly scales: Readonly<Record<string, number>>;
  /** Time of a row, of a system that was fitted. */
  time(row: Omit<TimedWithBatch, "time">): number;
  /** Exponent of time over accelerators along rows of any one system, by least squares of the law's times. */
  exponent(rows: readonly Pick<TimedWithBatch, "nDevices" | "batch">[]): number;
}

/**
 * How the time to a target falls with accelerators n and batch B, over systems that differ in their speed:
 * ln(time n) = ln scale + split ln(n/B) + batch ln B, by least squares.
 *
 * At a fixed batch time falls with the exponent 1 - split, at a fixed n/B with 1 - batch. Results of one task on other systems
 * so say how a system will scale, which one exponent does not where batches grow.
 *
 * @throws RangeError on counts or times outside their domain, or rows that leave an exponent open
 *
 * @example
 * import { batchedScaling } from "isoflop";
 * const rows = [[8, 8], [64, 8], [512, 64]].map(([nDevices, batch]) => ({
 *   system: "a", nDevices: nDevices!, batch: batch!, time: (100 / nDevices!) * (nDevices! / batch!) ** 0.1 * batch! ** 0.5,
 * }));
 * const law = batchedScaling(rows);
 * [law.split, law.batch]; // => [0.1, 0.5]
 */
export function batchedScaling(rows: readonly TimedWithBatch[]): BatchedScaling {
  requireRows("batchedScaling", rows);
  rows.forEach(({ nDevices, batch, time }, at) => {
    const place = { in: `row ${at + 1}` };
    requireWhole("nDevices", nDevices, 1, place);
    requireWhole("batch", batch, 1, place);
    requirePositive("time", time, place);
  });
  const systems = [...new Set(rows.map(({ system }) => system))];
  const columns = [
    ...systems.slice(1).map((system) => rows.map((row) => (row.system === system ? 1 : 0))),
    rows.map(({ nDevices, batch }) => Math.log(nDevices / batch)),
    rows.map(({ batch }) => Math.log(batch)),
  ];
  const { coefficients, standardErrors } = solve(
    columns,
    rows.map(({ nDevices, time }) => Math.log(time * nDevices)),
  );
  const [split, perBatch] = coefficients.slice(-2) as [number, number];
  const scales = Object.fromEntries(
    systems.map((system, at) => [system, Math.exp(coefficients[0]! + (at > 0 ? coefficients[at]! : 0))]),
  );
  const shape = ({ nDevices, batch }: Pick<TimedWithBatch, "nDevices" | "batch">) =>
    ((nDevices / batch) ** split * batch ** perBatch) / nDevices;
  return {
    split,
    batch: perBatch,
    standardErrors: standardErrors.slice(-2) as [number, number],
    scales,
    time: (row) => {
      const scale = Object.hasOwn(scales, row.system) ? scales[row.system]! : undefined;
      if (scale === undefined) {
        throw new RangeError(`no row is of the system "${row.system}"; there are ${systems.join(", ")}`);
      }
      return scale * shape(row);
    },
    exponent: (along) =>
      scalingExponent(along.map((row) => ({ nDevices: row.nDevices, time: shape(row) }))).exponent,
  };
}

function solve(columns: readonly (readonly number[])[], y: readonly number[]) {
  try {
    return leastSquares(columns, y);
  } catch (cause) {
    throw new RangeError(
      "the rows leave an exponent open: batch, and accelerators a sequence, must vary within a system each in their own way; add rows",
      { cause },
    );
  }
}
