import type { Coordinates } from "../../fit/objective/Coordinates.ts";
import type { Columns, Law } from "../../laws/definition/Law.ts";
import type { Binding } from "../Binding.ts";
import { type Expression, symbolsOf } from "../expression/Expression.ts";
import { type Place, searchRanges, sizeAt } from "./searchRanges.ts";

/** Some of the runs. */
export interface Sample {
  readonly n: number;
  readonly x: Columns;
  readonly y: Float64Array;
}

/** How a searched parameter moves: in its logarithm or in itself, inside bounds, by steps of about `width`. */
export interface Steps {
  readonly log: boolean;
  readonly lower: number;
  readonly upper: number;
  readonly width: number;
}

/** Where the searched parameters are looked for. */
export interface SearchAxes {
  /** Values of the searched parameters for a share of each axis, 0 to 1. */
  place(share: readonly number[]): Float64Array;
  /** A value in the middle of where any free parameter is looked for. */
  middle(name: string): number;
  readonly steps: readonly Steps[];
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
  readonly relative?: Place;
}

/**
 * Decades around what stands beside a parameter in which it is looked for: an amplitude of its own seldom lies above, and
 * a ratio of amplitudes may lie on either side.
 */
const [ownDecades, ratioDecades] = [
  [-2.5, 1.5],
  [-3.5, 3.5],
] as const;

/** The axes of a search: inside the bounds, where the runs show a parameter's scale, or where the law says. */
export function searchAxes(
  formula: Expression,
  searched: readonly string[],
  bindings: ReadonlyMap<string, Binding>,
  law: Law,
  coordinates: Coordinates,
  { n, x, y }: Sample,
  ratios: ReadonlyMap<string, string>,
): SearchAxes {
  const free = new Map(
    coordinates.free.map((coordinate) => [law.parameters[coordinate.members[0]!]!.name, coordinate]),
  );
  const variableAt = (name: string, row: number) => {
    const binding = bindings.get(name)!;
    if ("parameter" in binding) return Number.NaN;
    const value = x[binding.variable]![row]!;
    return binding.logarithm ? Math.exp(value) : value;
  };
  const sizeOf = (e: Expression): readonly [number, number] | undefined => {
    const names = symbolsOf(e);
    if (names.length === 0 || names.some((name) => free.has(name))) return undefined;
    let [low, high] = [Infinity, 0];
    for (let row = 0; row < n; row++) {
      const size = Math.abs(sizeAt(e, (name) => variableAt(name, row)));
      if (!(size > 0 && size < Infinity)) continue;
      low = Math.min(low, size);
      high = Math.max(high, size);
    }
    return high > 0 ? [low, high] : undefined;
  };
  const isPositive = (name: string) => {
    const binding = bindings.get(name);
    if (binding && "variable" in binding) return binding.logarithm;
    const coordinate = free.get(name);
    return coordinate !== undefined && (coordinate.log || coordinate.lower >= 0);
  };
  const shown = searchRanges(formula, (name) => free.has(name), isPositive, sizeOf);
  const axes = new Map<string, Axis>();
  for (const [name, { log, lower, upper, members }] of free) {
    const { start, scale, description } = law.parameters[members[0]!]!;
    // What a caller said of a parameter goes before what the runs show.
    const isGuess = description === "amplitude or scale";
    const place = isGuess ? shown.get(name) : undefined;
    const [from, to] = place?.range ?? start;
    const low = log ? Math.exp(lower) : lower;
    const high = log ? Math.exp(upper) : upper;
    const outside = from > high || to < low;
    const a = outside ? Math.max(low, -1e6) : Math.max(from, low);
    const b = outside ? Math.min(high, 1e6) : Math.min(to, high);
    const isLog = a > 0 && (log || scale === "log" || place !== undefined);
    axes.set(name, {
      from: a,
      to: b,
      log: isLog,
      low,
      high,
      ...(place?.times && isLog && { relative: place }),
    });
  }
  const row = y.length >> 1;
  const order = searched
    .map((name, k) => ({ name, k, axis: axes.get(name)! }))
    .sort((a, b) => Number(!!a.axis.relative) - Number(!!b.axis.relative));
  const alongAxis = ({ from, to, log }: Axis, share: number) =>
    log ? from * (to / from) ** share : from + (to - from) * share;
  return {
    place(share) {
      const out = new Float64Array(searched.length);
      const values = new Map<string, number>();
      const named = (name: string) => values.get(name) ?? variableAt(name, row);
      for (const { name, k, axis } of order) {
        let value = alongAxis(axis, share[k]!);
        if (axis.relative) {
          const { beside, times, power = 1 } = axis.relative;
          const other = beside ? Math.abs(sizeAt(beside, named)) : Number.NaN;
          // What stands beside may wait for this one in turn: then it is of the response's size.
          const size = Number.isFinite(other) ? other : Math.abs(y[row]!);
          const centre = (size / Math.abs(sizeAt(times!, named))) ** (1 / power);
          const [from, to] = ratios.has(name) ? ratioDecades : ownDecades;
          const near = centre * 10 ** (from + (to - from) * share[k]!);
          if (near > 0 && near < Infinity) value = Math.min(axis.high, Math.max(axis.low, near));
        }
        out[k] = value;
        values.set(name, value);
      }
      return out;
    },
    middle: (name) => alongAxis(axes.get(name)!, 0.5),
    steps: searched.map((name) => {
      const { log, from, to, low, high, relative } = axes.get(name)!;
      return {
        log,
        lower: log ? Math.log(Math.max(low, 1e-300)) : low,
        upper: log ? Math.log(high) : high,
        width: relative ? 9 : log ? Math.log(to / from) || 1 : to - from || 1,
      };
    }),
  };
}
