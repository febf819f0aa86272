import { columnOf, placesOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf } from "../read/fields.ts";
import { axesOf } from "./barMarks.ts";
import type { Box, Mark, Pair } from "./Mark.ts";
import type { Trace } from "./Trace.ts";

/** Where a box stands, and its five places. */
interface Five {
  readonly at: number;
  readonly places: readonly [number, number, number, number, number];
  readonly outside: readonly number[];
}

/** The places of a trace's boxes as its axis has them: its own column, or its name once for each value. */
export function boxColumns(
  own: Fields,
  name: string,
  isFlat: boolean,
): { along: readonly unknown[]; up: readonly unknown[] } {
  const up = placesOf(isFlat ? own.x : own.y);
  const along = placesOf(isFlat ? own.y : own.x);
  if (columnOf(own.q1).length > 0) {
    const names = along.length > 0 ? along : columnOf(own.q1).map(() => name);
    return { along: names, up: [own.q1, own.q3, own.lowerfence, own.upperfence].flatMap(columnOf) };
  }
  return { along: along.length > 0 ? along : up.map(() => name), up };
}

/** Boxes with whiskers, and what lies outside of these; a violin is shown so, too. */
export function boxMarks(trace: Trace, shift: number, width: number): Mark[] {
  const { fields: own, color, isFlat } = trace;
  const { along, up } = axesOf(trace);
  const marker = fields(own.marker);
  const stroke = colorOf(fields(own.line).color) ?? colorOf(marker.color) ?? color;
  const boxes: Box[] = [];
  const segments: Box[] = [];
  const outside: Pair[] = [];
  const turned = ([x0, y0, x1, y1]: Box): Box => (isFlat ? [y0, x0, y1, x1] : [x0, y0, x1, y1]);
  for (const { at: centre, places, outside: others } of fivesOf(trace)) {
    const at = centre + shift;
    const [low, q1, median, q3, high] = places.map(up.coordinate) as [number, number, number, number, number];
    const [left, right] = [at - width / 2, at + width / 2];
    boxes.push(turned([left, q1, right, q3]));
    segments.push(
      turned([left, median, right, median]),
      turned([at, low, at, q1]),
      turned([at, q3, at, high]),
      turned([at - width / 4, low, at + width / 4, low]),
      turned([at - width / 4, high, at + width / 4, high]),
    );
    for (const each of others) outside.push(isFlat ? [up.coordinate(each), at] : [at, up.coordinate(each)]);
    for (const each of [...places, ...others]) up.include(up.coordinate(each));
    along.include(left);
    along.include(right);
  }
  return [
    { type: "boxes", boxes, color: colorOf(own.fillcolor) ?? stroke, opacity: 0.4, outline: stroke },
    { type: "segments", segments, color: stroke, width: 1.5 },
    { type: "points", points: outside, color: stroke, size: numberOf(marker.size, 6), symbol: "circle" },
  ];
}

function fivesOf({ fields: own, name, ...trace }: Trace): Five[] {
  const { along, up } = boxColumns(own, name, trace.isFlat);
  const { coordinate } = axesOf({ fields: own, name, ...trace }).along;
  const q1 = columnOf(own.q1);
  if (q1.length > 0) {
    const at = (column: unknown, i: number, fallback: unknown) =>
      numberOf(columnOf(column)[i], Number(fallback));
    return q1.map((first, i) => {
      const third = at(own.q3, i, first);
      const places = [
        at(own.lowerfence, i, first),
        Number(first),
        at(own.median, i, first),
        third,
        at(own.upperfence, i, third),
      ];
      return { at: coordinate(along[i]), places: places as unknown as Five["places"], outside: [] };
    });
  }
  const groups = new Map<number, number[]>();
  for (const [i, value] of up.entries()) {
    const [at, number] = [coordinate(along[i]), value === null ? Number.NaN : Number(value)];
    if (!Number.isFinite(at) || !Number.isFinite(number)) continue;
    const group = groups.get(at);
    if (group) group.push(number);
    else groups.set(at, [number]);
  }
  return [...groups].map(([at, values]) =>
    fiveOf(
      at,
      values.sort((p, q) => p - q),
    ),
  );
}

/** Of sorted values. */
function fiveOf(at: number, values: readonly number[]): Five {
  const quantile = (p: number) => {
    const place = Math.min(Math.max(p * values.length - 0.5, 0), values.length - 1);
    const [low, high] = [values[Math.floor(place)], values[Math.ceil(place)]] as [number, number];
    return low + (place % 1) * (high - low);
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const reach = 1.5 * (q3 - q1);
  const inside = values.filter((each) => each >= q1 - reach && each <= q3 + reach);
  const outside = values.filter((each) => each < q1 - reach || each > q3 + reach);
  return { at, places: [inside[0] ?? q1, q1, median, q3, inside.at(-1) ?? q3], outside };
}
