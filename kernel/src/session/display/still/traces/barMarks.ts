import type { Axis } from "../axes/Axis.ts";
import { columnOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import { errorSegments } from "./errorSegments.ts";
import type { Box, Mark, Pair } from "./Mark.ts";
import { columnsXY, markerColors } from "./scatterMarks.ts";
import type { Trace } from "./Trace.ts";

/** Bars of one trace: where they stand, in units of the axis, and how high they are, as numbers. */
export interface Bars {
  readonly trace: Trace;
  readonly at: readonly number[];
  readonly heights: readonly number[];
  /** How wide each is, where that is not left to what stands beside. */
  readonly width?: number;
}

export function barsOf(trace: Trace): Bars {
  const [xs, ys] = columnsXY(trace.fields);
  const [places, heights] = trace.isFlat ? [ys, xs] : [xs, ys];
  const length = Math.min(places.length, heights.length);
  const { along } = axesOf(trace);
  const width = numberOf(trace.fields.width, 0);
  return {
    trace,
    at: places.slice(0, length).map(along.coordinate),
    heights: heights.slice(0, length).map(Number),
    ...(width > 0 ? { width } : {}),
  };
}

/** The axis on which bars stand beside each other, and the one that they measure. */
export function axesOf({ x, y, isFlat }: Trace): { along: Axis; up: Axis } {
  return isFlat ? { along: y, up: x } : { along: x, up: y };
}

/** All bars on the same two axes: beside, upon or over each other. */
export function barMarks(all: readonly Bars[], layout: Fields): Map<Trace, Mark[]> {
  const mode = textOf(layout.barmode) ?? "group";
  const isStacked = mode === "stack" || mode === "relative";
  const isBeside = mode === "group";
  const unit = all.find(({ width }) => width)?.width ?? unitOf(all);
  const gap = numberOf(layout.bargap, all.every(({ width }) => width !== undefined) ? 0 : 0.2);
  const room = unit * (1 - gap);
  const sums = new Map<string, number>();
  const marks = new Map<Trace, Mark[]>();
  for (const [index, { trace, at, heights, width }] of all.entries()) {
    const each = isBeside ? room / all.length : width ? width * (1 - gap) : room;
    const shift = isBeside ? (index - (all.length - 1) / 2) * each : 0;
    const bases = columnOf(trace.fields.base);
    const { along, up } = axesOf(trace);
    const boxes: Box[] = [];
    const tips: Pair[] = [];
    for (const [i, place] of at.entries()) {
      const height = heights[i] as number;
      const key = `${place}${height < 0 ? "-" : ""}`;
      const own = bases.length > 0 ? numberOf(bases[i], 0) : numberOf(trace.fields.base, 0);
      const from = isStacked ? (sums.get(key) ?? 0) : own;
      if (isStacked && Number.isFinite(height)) sums.set(key, from + height);
      const [low, high] = [up.coordinate(from), up.coordinate(from + height)];
      const [left, right] = [place + shift - each / 2, place + shift + each / 2];
      boxes.push(trace.isFlat ? [low, left, high, right] : [left, low, right, high]);
      tips.push(trace.isFlat ? [high, place + shift] : [place + shift, high]);
      along.include(left);
      along.include(right);
      up.include(low, from === 0);
      up.include(high);
    }
    marks.set(trace, [bodies(trace, boxes), ...errorSegments(trace, tips), ...words(trace, tips)]);
  }
  return marks;
}

function bodies({ fields: own, color }: Trace, boxes: readonly Box[]): Mark {
  const marker = fields(own.marker);
  const opacity = numberOf(own.opacity, 1) * numberOf(marker.opacity, 1);
  const outline = colorOf(fields(marker.line).color);
  return {
    type: "boxes",
    boxes,
    color: markerColors(marker, color),
    opacity,
    ...(outline ? { outline } : {}),
  };
}

function words({ fields: own }: Trace, tips: readonly Pair[]): Mark[] {
  const texts = columnOf(own.text);
  if (texts.length === 0 || tips.length > 60 || own.textposition === "none") return [];
  const shown = tips.map(([x, y], i): [number, number, string] => [x, y, textOf(texts[i]) ?? ""]);
  return [{ type: "texts", texts: shown, color: "#222", place: "above" }];
}

/** The least distance between two places. */
function unitOf(all: readonly Bars[]): number {
  const { along } = axesOf((all[0] as Bars).trace);
  if (along.kind === "category") return 1;
  const places = [...new Set(all.flatMap(({ at }) => at).filter(Number.isFinite))].sort((p, q) => p - q);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < places.length; i++)
    least = Math.min(least, (places[i] as number) - (places[i - 1] as number));
  if (Number.isFinite(least)) return least;
  return along.kind === "date" ? 864e5 : along.kind === "log" ? 0.3 : 1;
}
