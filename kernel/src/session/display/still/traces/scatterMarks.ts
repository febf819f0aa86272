import { columnOf, placesOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import { colorScale } from "./colorScale.ts";
import { errorSegments } from "./errorSegments.ts";
import { fewer } from "./fewer.ts";
import type { Mark, Pair } from "./Mark.ts";
import type { Trace } from "./Trace.ts";

/** What traces drawn before leave for those above them. */
export interface Below {
  /** The line of the trace before, to which an area may reach down. */
  line?: readonly Pair[];
  /** The sums of each stack, by place. */
  readonly stacks: Map<string, Map<number, number>>;
}

/** Columns of a trace that may lack one, and then counts from 0. */
export function columnsXY({ x, y, x0, dx, y0, dy }: Fields): [readonly unknown[], readonly unknown[]] {
  const [xs, ys] = [placesOf(x), placesOf(y)];
  const counted = (length: number, from: unknown, step: unknown) =>
    Array.from({ length }, (_, i) => numberOf(from, 0) + i * numberOf(step, 1));
  if (xs.length === 0 && ys.length > 0) return [counted(ys.length, x0, dx), ys];
  if (ys.length === 0 && xs.length > 0) return [xs, counted(xs.length, y0, dy)];
  return [xs, ys];
}

/** Points, lines, areas and texts. */
export function scatterMarks(trace: Trace, below: Below): Mark[] {
  const { fields: own, x, y, color } = trace;
  const [xs, ys] = fewer(columnsXY(own));
  const length = Math.min(xs.length, ys.length);
  let points = Array.from({ length }, (_, i): Pair => [x.coordinate(xs[i]), y.coordinate(ys[i])]);
  const base = stacked(own, points, below);
  if (base) points = points.map(([at, value], i) => [at, value + (base[i] as number)]);
  const mode = modeOf(own, length);
  const hasMarkers = mode.includes("markers");
  for (const [px, py] of points) {
    x.include(px, !hasMarkers);
    y.include(py);
  }
  if (base) y.include(y.coordinate(0), true);
  const line = fields(own.line);
  const stroke = colorOf(line.color) ?? color;
  const steps = own.connectgaps === true ? points.filter(isPlace) : points;
  const path = stepped(steps, textOf(line.shape));
  const marks: Mark[] = [];
  const area = areaOf(
    own,
    path,
    below.line,
    base && points.map(([at], i): Pair => [at, base[i] as number]),
    trace,
  );
  const opacity = numberOf(own.opacity, 1);
  if (area) {
    const fill = colorOf(own.fillcolor);
    marks.push({
      type: "area",
      points: area,
      color: fill ?? stroke,
      opacity: fill ? opacity : 0.4 * opacity,
    });
  }
  const width = numberOf(line.width, 2);
  if (mode.includes("lines") && width > 0)
    marks.push({
      type: "line",
      points: path,
      color: stroke,
      width,
      dash: textOf(line.dash) ?? "solid",
      opacity,
    });
  marks.push(...errorSegments(trace, points));
  if (hasMarkers) marks.push(markers(own, points, color, opacity));
  if (mode.includes("text")) marks.push(texts(own, points, hasMarkers));
  below.line = path;
  return marks;
}

/** As Plotly has it: points are marked where they are few. */
export function modeOf(own: Fields, length = Math.min(...columnsXY(own).map((each) => each.length))): string {
  return textOf(own.mode) ?? (length < 20 && own.stackgroup === undefined ? "lines+markers" : "lines");
}

const isPlace = ([x, y]: Pair) => Number.isFinite(x) && Number.isFinite(y);

/** The heights on which the trace stands, where it is of a stack. */
function stacked(own: Fields, points: readonly Pair[], { stacks }: Below): number[] | undefined {
  const group = textOf(own.stackgroup);
  if (group === undefined) return undefined;
  const sums = stacks.get(group) ?? new Map<number, number>();
  stacks.set(group, sums);
  return points.map(([at, value]) => {
    const sum = sums.get(at) ?? 0;
    sums.set(at, sum + (Number.isFinite(value) ? value : 0));
    return sum;
  });
}

function stepped(points: readonly Pair[], shape: string | undefined): readonly Pair[] {
  if (shape !== "hv" && shape !== "vh" && shape !== "hvh" && shape !== "vhv") return points;
  return points.flatMap(([px, py], i): Pair[] => {
    const [qx, qy] = points[i - 1] ?? [px, py];
    if (i === 0 || !isPlace([qx, qy])) return [[px, py]];
    const [mx, my] = [(px + qx) / 2, (py + qy) / 2];
    if (shape === "hv")
      return [
        [px, qy],
        [px, py],
      ];
    if (shape === "vh")
      return [
        [qx, py],
        [px, py],
      ];
    return shape === "hvh"
      ? [
          [mx, qy],
          [mx, py],
          [px, py],
        ]
      : [
          [qx, my],
          [px, my],
          [px, py],
        ];
  });
}

function areaOf(
  own: Fields,
  path: readonly Pair[],
  previous: readonly Pair[] | undefined,
  base: readonly Pair[] | undefined,
  { x, y }: Trace,
): readonly Pair[] | undefined {
  const fill = textOf(own.fill) ?? (base ? "tonexty" : "none");
  const line = path.filter(isPlace);
  const [first, last] = [line[0], line.at(-1)];
  if (fill === "none" || !first || !last) return undefined;
  if (fill === "toself" || fill === "tonext") return line;
  const other = base ?? (fill.startsWith("tonext") ? previous : undefined);
  if (other) return [...line, ...other.filter(isPlace).reverse()];
  if (fill.endsWith("x")) {
    x.include(x.kind === "linear" ? 0 : Number.NaN, true);
    const foot = x.kind === "linear" ? 0 : x.range[0];
    return [...line, [foot, last[1]], [foot, first[1]]];
  }
  y.include(y.kind === "linear" ? 0 : Number.NaN, true);
  const foot = y.kind === "linear" ? 0 : y.range[0];
  return [...line, [last[0], foot], [first[0], foot]];
}

function markers(own: Fields, points: readonly Pair[], color: string, opacity: number): Mark {
  const marker = fields(own.marker);
  const symbol = textOf(Array.isArray(marker.symbol) ? marker.symbol[0] : marker.symbol) ?? "circle";
  const faint = numberOf(marker.opacity, 1) * opacity;
  return {
    type: "points",
    points,
    symbol,
    size: sizes(marker),
    color: markerColors(marker, color),
    opacity: faint,
  };
}

function sizes({ size, sizeref, sizemode, sizemin }: Fields): number | number[] {
  if (!Array.isArray(size) && columnOf(size).length === 0) return Math.min(numberOf(size, 6), 200);
  const ref = numberOf(sizeref, 1) || 1;
  const least = numberOf(sizemin, 0);
  return columnOf(size).map((each) => {
    const value = Math.max(numberOf(each, 0), 0) / ref;
    return Math.min(Math.max(sizemode === "area" ? Math.sqrt(value) : value, least), 200);
  });
}

/** Colours that are numbers are those of a scale. */
export function markerColors(marker: Fields, fallback: string): string | string[] {
  const column = columnOf(marker.color);
  if (column.length === 0) return colorOf(marker.color) ?? fallback;
  const range = numberRange(column);
  if (!range) return column.map((each) => colorOf(each) ?? fallback);
  const low = numberOf(marker.cmin, range[0]);
  const scale = colorScale(
    marker.colorscale,
    low,
    numberOf(marker.cmax, range[1]),
    marker.reversescale === true,
  );
  return column.map((each) => (typeof each === "number" && Number.isFinite(each) ? scale(each) : fallback));
}

/** The least and the greatest number; undefined where there is none. */
export function numberRange(column: readonly unknown[]): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of column) {
    if (typeof each !== "number" || !Number.isFinite(each)) continue;
    if (each < low) low = each;
    if (each > high) high = each;
  }
  return low > high ? undefined : [low, high];
}

function texts(own: Fields, points: readonly Pair[], hasMarkers: boolean): Mark {
  const words = columnOf(own.text);
  const color = colorOf(fields(own.textfont).color) ?? "#222";
  const shown = points
    .slice(0, 200)
    .map(([x, y], i): [number, number, string] => [
      x,
      y,
      textOf(words.length > 0 ? words[i] : own.text) ?? "",
    ]);
  const place = hasMarkers || String(own.textposition ?? "").startsWith("top") ? "above" : "middle";
  return { type: "texts", texts: shown, color, place };
}
