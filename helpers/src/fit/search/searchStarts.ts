import type { Law } from "../../laws/definition/Law.ts";
import { halton } from "../../numerics/random/halton.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { Coordinates } from "../objective/Coordinates.ts";
import type { Objective } from "../objective/Objective.ts";
import type { Table } from "../objective/readRuns.ts";
import { takeRows } from "../objective/takeRows.ts";
import type { GridData } from "./projection/gridDesign.ts";
import { projectionGrid } from "./projection/projectionGrid.ts";

/** More rows than this change a start by less than the polish that follows it. */
const rowsForStarts = 600;
/** Points an axis of a full grid, by the number of axes; with more axes the search takes scattered points. */
const pointsPerAxis = [1, 60, 24, 12, 7];
const scatteredPoints = 1500;

/**
 * Starting points for a law on some runs, most promising first (by the objective itself).
 *
 * With few runs (n < 40) one start misses the best minimum a few times in a hundred, so the other minima of the grid
 * and 16 scattered points join the best cell; laws without a full grid always get several.
 */
export function searchStarts(
  law: Law,
  coordinates: Coordinates,
  table: Table,
  objective: Objective,
): Float64Array[] {
  const sample = thin(table, rowsForStarts);
  const response = sample.y;
  const thetas: Float64Array[] = law.starts?.(sample.x, response, coordinates) ?? [];
  const extra: Float64Array[] = [];
  const few = table.n < 40;
  const found = new Map(
    Object.entries<readonly [number, number] | undefined>(law.ranges?.(sample.x, response) ?? {}),
  );
  const isLinear = new Set(law.linear.map((entry) => entry.parameter));
  const ranges = coordinates.free.map(({ members, log, lower, upper }) => {
    if (members.every((j) => isLinear.has(law.parameters[j]!.name))) return undefined;
    const { name, start, scale } = law.parameters[members[0]!]!;
    const [from, to] = found.get(name) ?? start;
    const low = log ? Math.exp(lower) : lower;
    const high = log ? Math.exp(upper) : upper;
    // A bound outside the usual range moves the range to the bounds.
    const a = from > high || to < low ? Math.max(low, -1e6) : Math.max(from, low);
    const b = from > high || to < low ? Math.min(high, 1e6) : Math.min(to, high);
    return { from: a, to: b, log: log || (scale === "log" && a > 0) };
  });
  const axes = ranges.filter((range) => range !== undefined);
  const place = (range: { from: number; to: number; log: boolean }, share: number) =>
    range.log && range.from > 0
      ? range.from * (range.to / range.from) ** share
      : range.from + (range.to - range.from) * share;

  const logResidual = objective.logResidual;
  const w = sample.w.map((weight, i) => (logResidual ? weight / response[i]! ** 2 : weight));
  const data = { n: sample.n, x: sample.x, y: response, w };
  const perAxis = pointsPerAxis[axes.length];
  const scattered = (from: number, count: number) => {
    for (let k = from; k < from + count; k++) {
      const point = halton(k + 1, axes.length);
      let d = 0;
      const grid = ranges.map((range) => range && Float64Array.of(place(range, point[d++]!)));
      thetas.push(...projectionGrid(law, coordinates, data, grid).cells.map((cell) => cell.theta));
    }
  };
  if (law.startsSuffice && thetas.length > 0) {
    // Nothing is left to look for.
  } else if (perAxis !== undefined) {
    const grid = ranges.map(
      (range) =>
        range &&
        Float64Array.from({ length: perAxis }, (_, k) => place(range, perAxis > 1 ? k / (perAxis - 1) : 0.5)),
    );
    const { cells, positive } = projectionGrid(law, coordinates, data, grid);
    const minima = cells.slice(0, few || axes.length > 2 ? 8 : 2).map((cell) => cell.theta);
    thetas.push(...minima);
    // A best cell without one of the terms may only be too coarse to see it: look closer, and at the best with all.
    if (positive && positive.rss > cells[0]!.rss) {
      extra.push(positive.theta, ...zoom(law, coordinates, data, grid, cells[0]!.theta));
    }
    if (few && axes.length > 0) scattered(0, 16);
  } else if (thetas.length === 0 || few) {
    // Many axes make each point dear, and no number of points fills their space.
    scattered(0, axes.length > 12 ? scatteredPoints / 10 : scatteredPoints);
  }

  const gradient = new Float64Array(coordinates.size);
  const toStart = (theta: Float64Array) => {
    const z = coordinates.fromParameters(withPositiveLogs(theta, coordinates, response));
    return { z, value: objective.evaluate(z, gradient) };
  };
  const ranked = thetas.map(toStart).sort((a, b) => a.value - b.value);
  const usable = ranked.filter(({ value }) => value < Infinity);
  // A law of many constants that offers starts knows more valleys than two.
  const wanted = axes.length > 12 && !law.starts ? 2 : few ? 24 : law.starts || axes.length > 2 ? 8 : 1;
  return [...(usable.length > 0 ? usable : ranked).slice(0, wanted), ...extra.map(toStart)].map(({ z }) => z);
}

/** Three grids, each around the best cell of the one before and four times as fine. */
function zoom(
  law: Law,
  coordinates: Coordinates,
  data: GridData,
  grid: readonly (Float64Array | undefined)[],
  start: Float64Array,
): Float64Array[] {
  let axes = grid;
  let best = start;
  for (let round = 0; round < 3; round++) {
    axes = axes.map((axis, slot) => {
      if (!axis || axis.length < 2) return axis;
      const centre = best[coordinates.free[slot]!.members[0]!]!;
      const spacing = (axis[axis.length - 1]! - axis[0]!) / (axis.length - 1);
      const low = Math.max(axis[0]!, centre - spacing);
      const high = Math.min(axis[axis.length - 1]!, centre + spacing);
      return Float64Array.from({ length: 9 }, (_, k) => low + ((high - low) * k) / 8);
    });
    const { cells, positive } = projectionGrid(law, coordinates, data, axes);
    best = cells[0]!.theta;
    if (positive && positive.rss === cells[0]!.rss) break;
  }
  return [best];
}

/** A linear parameter that the grid put at zero starts small instead where its coordinate is a logarithm. */
function withPositiveLogs(
  theta: Float64Array,
  coordinates: Coordinates,
  response: Float64Array,
): Float64Array {
  const out = theta.slice();
  for (const { members, log } of coordinates.free) {
    if (!log) continue;
    for (const j of members) if (!(out[j]! > 0)) out[j] = 1e-3 * Math.abs(response[0]!) || 1e-3;
  }
  return out;
}

/** Of more rows a part is searched first. */
export const rowsForSearch = 20_000;

/** A table of at most so many rows, none of which weighs nothing. */
export function thin(table: Table, most: number): Table {
  const { n, w } = table;
  if (n <= most) return table;
  const all = new Int32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) {
    all[count] = row;
    if (w[row]! > 0) count += 1;
  }
  const heavy = all.subarray(0, count);
  // Drawn at random (always the same way), because evenly spaced rows of a sorted file can share a configuration.
  const random = new Random(1, n);
  const rows =
    heavy.length <= most
      ? heavy
      : Int32Array.from({ length: most }, () => heavy[random.below(heavy.length)]!);
  return takeRows(table, rows);
}
