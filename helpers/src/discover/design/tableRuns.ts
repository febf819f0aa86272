import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import type { Solved } from "../Discovery.ts";
import type { RunSetting } from "./RunDesign.ts";

/** What a run costs. */
export type RunCost = (run: RunSetting) => number;

/** The rows of a table as settings. */
export function tableRuns({ table, group }: Solved): RunSetting[] {
  const { points } = table.responses[0]!.data;
  return Array.from({ length: points.n }, (_, i) => ({
    ...(group !== undefined && { [group]: table.groupNames[table.groupOf[i]!]! }),
    ...Object.fromEntries(points.coordinates.map(({ name }, v) => [name, points.x[v]![i]!])),
  }));
}

/** @throws RangeError where a run costs nothing, or no number */
export function checkedCost(cost: RunCost): RunCost {
  return (run) => {
    const value = cost(run);
    if (Number.isFinite(value) && value > 0) return value;
    throw refusal(
      `the cost of ${settingText(run)}`,
      "must be a finite number > 0",
      value,
      "let it be a number of FLOPs or of any other unit",
    );
  };
}

/** A setting as messages call it. */
export const settingText = (run: RunSetting): string =>
  Object.entries(run)
    .map(([name, value]) => `${name}=${typeof value === "number" ? Number(value.toPrecision(3)) : value}`)
    .join(", ");

/** The scales that a run can be made larger along: positive ones that are no shares. */
export function growingScales({ table: { shape } }: Solved): string[] {
  return shape.scale
    .filter((v) => shape.coordinates[v]!.kind === "log" && !shape.shares.includes(v))
    .map((v) => shape.coordinates[v]!.name);
}

/** Those of them that make a run dearer: what costs nothing need not be small in a small run. */
export function dearScales(solved: Solved, run: RunSetting, cost: RunCost): string[] {
  return growingScales(solved).filter((name) => cost({ ...run, [name]: 2 * Number(run[name]) }) > cost(run));
}

/** A setting in which no more data are different than there are: of fewer, all are. */
export function withinTotals({ table: { shape } }: Solved, run: RunSetting): RunSetting {
  const nameOf = (v: number) => shape.coordinates[v]!.name;
  const least = shape.pairs.map(([total, unique]) => [
    nameOf(unique),
    Math.min(Number(run[nameOf(unique)]), Number(run[nameOf(total)])),
  ]);
  return { ...run, ...Object.fromEntries(least) };
}

/** A setting with all of `scales` multiplied alike so that it costs so much; undefined where none does. */
export function scaledTo(
  run: RunSetting,
  scales: readonly string[],
  cost: RunCost,
  wanted: number,
): RunSetting | undefined {
  if (scales.length === 0) return undefined;
  const times = (factor: number): RunSetting => ({
    ...run,
    ...Object.fromEntries(scales.map((name) => [name, factor * Number(run[name])])),
  });
  const range = Math.log(1e9);
  const found = findRoot((s) => cost(times(Math.exp(s))) - wanted, -range, range);
  const scaled = times(Math.exp(found));
  return Math.abs(cost(scaled) / wanted - 1) < 1e-6 ? scaled : undefined;
}

/** A number cut to so many digits, so that a run costs no more than it did. */
export function cutTo(digits: number, value: number): number {
  const size = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  return Number((Math.floor(value / size + 1e-9) * size).toPrecision(digits));
}
