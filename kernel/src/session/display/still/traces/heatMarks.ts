import { niceStep } from "../axes/ticks.ts";
import { gridOf, placesOf } from "../read/columnOf.ts";
import { type Fields, fields, numberOf } from "../read/fields.ts";
import { type ColorScale, colorScale } from "./colorScale.ts";
import { binAt, binsOf } from "./histogramBars.ts";
import type { Box, Mark } from "./Mark.ts";
import { numberRange } from "./scatterMarks.ts";
import type { Trace } from "./Trace.ts";

/** More cells on a side are not told apart. */
const mostCells = 100;
const mostBands = 50;

/** A surface: a value for each cell between borders. */
interface Cells {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly z: readonly (readonly number[])[];
}

/** The columns of a grid, or its counts where it has none. */
export function gridColumns(own: Fields): { xs: readonly unknown[]; ys: readonly unknown[] } {
  const z = gridOf(own.z);
  const [xs, ys] = [placesOf(own.x), placesOf(own.y)];
  const width = z.reduce((most, row) => Math.max(most, row.length), 0);
  const counted = (length: number, from: unknown, step: unknown) =>
    Array.from({ length }, (_, i) => numberOf(from, 0) + i * numberOf(step, 1));
  return {
    xs: xs.length > 0 ? xs : counted(width, own.x0, own.dx),
    ys: ys.length > 0 ? ys : counted(z.length, own.y0, own.dy),
  };
}

/** The colours of a trace's surface, with their ends. */
export interface Scale {
  readonly color: ColorScale;
  readonly low: number;
  readonly high: number;
}

export function scaleOf(own: Fields, values: readonly unknown[]): Scale {
  const [least, greatest] = numberRange(values) ?? [0, 1];
  const low = numberOf(own.zmin ?? own.cmin, least);
  const high = numberOf(own.zmax ?? own.cmax, greatest);
  return { color: colorScale(own.colorscale, low, high, own.reversescale === true), low, high };
}

/** A heat map, the bands of a contour, or how many points lie where. */
export function heatMarks(trace: Trace): { marks: Mark[]; scale: Scale } {
  const { type, fields: own, x, y } = trace;
  const isBanded = type.endsWith("contour");
  const grid = type.startsWith("histogram2d") ? counted(trace) : centred(trace);
  const cells = isBanded ? finer(grid) : cut(grid);
  const scale = scaleOf(own, grid.z.flat());
  const paint = isBanded ? banded(scale, own) : scale.color;
  const boxes: Box[] = [];
  const color: string[] = [];
  const [xs, ys] = [borders(cells.xs, cells.z[0]?.length ?? 0), borders(cells.ys, cells.z.length)];
  for (const [j, row] of cells.z.entries()) {
    for (const [i, value] of row.entries()) {
      const fill = paint(value);
      const box: Box = [xs[i], ys[j], xs[i + 1], ys[j + 1]] as unknown as Box;
      if (fill === "none" || !box.every(Number.isFinite)) continue;
      const last = boxes.at(-1);
      // Neighbours of one colour are one box.
      if (last && color.at(-1) === fill && last[2] === box[0] && last[1] === box[1]) {
        boxes[boxes.length - 1] = [last[0], last[1], box[2], last[3]];
      } else {
        boxes.push(box);
        color.push(fill);
      }
    }
  }
  for (const each of xs) x.include(each, true);
  for (const each of ys) y.include(each, true);
  return { marks: [{ type: "boxes", boxes, color, opacity: numberOf(own.opacity, 1) }], scale };
}

function centred({ fields: own, x, y }: Trace): Cells {
  const { xs, ys } = gridColumns(own);
  const z = gridOf(own.z);
  return own.transpose === true
    ? {
        xs: ys.map(x.coordinate),
        ys: xs.map(y.coordinate),
        z: (z[0] ?? []).map((_, i) => z.map((row) => row[i] as number)),
      }
    : { xs: xs.map(x.coordinate), ys: ys.map(y.coordinate), z };
}

function counted(trace: Trace): Cells {
  const [xs, ys] = [
    placesOf(trace.fields.x).map(trace.x.coordinate),
    placesOf(trace.fields.y).map(trace.y.coordinate),
  ];
  const [across, up] = [binsOf(xs, "x", trace), binsOf(ys, "y", trace)];
  const z = Array.from({ length: up.count }, () => new Array<number>(across.count).fill(0));
  for (const [i, value] of xs.entries()) {
    const row = z[binAt(ys[i] ?? Number.NaN, up)];
    const column = binAt(value, across);
    if (row && column !== -1) row[column] = (row[column] as number) + 1;
  }
  const centres = (bins: typeof across) =>
    Array.from({ length: bins.count }, (_, i) => bins.start + (i + 0.5) * bins.size);
  return { xs: centres(across), ys: centres(up), z };
}

/** Borders of so many cells: as given, or half-way between their centres. */
function borders(places: readonly number[], count: number): number[] {
  if (places.length > count) return places.slice(0, count + 1);
  if (places.length === 1) return [(places[0] as number) - 0.5, (places[0] as number) + 0.5];
  const between = places.slice(1).map((each, i) => (each + (places[i] as number)) / 2);
  const [first, last] = [places[0] as number, places.at(-1) as number];
  return [2 * first - (between[0] as number), ...between, 2 * last - (between.at(-1) as number)];
}

/** So many cells as can be told apart. */
function cut({ xs, ys, z }: Cells): Cells {
  const width = z.reduce((most, row) => Math.max(most, row.length), 0);
  const [columns, rows] = [kept(width), kept(z.length)];
  const pick = <T>(list: readonly T[], at: readonly number[], count: number) =>
    list.length > count ? [...at.map((i) => list[i] as T), list[count] as T] : at.map((i) => list[i] as T);
  return {
    xs: pick(xs, columns, width),
    ys: pick(ys, rows, z.length),
    z: rows.map((j) => columns.map((i) => z[j]?.[i] ?? Number.NaN)),
  };
}

function kept(length: number): number[] {
  const count = Math.min(length, mostCells);
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}

/** The same surface on a grid so fine that bands have edges, between the outermost centres. */
function finer({ xs, ys, z }: Cells): Cells {
  const width = z.reduce((most, row) => Math.max(most, row.length), 0);
  if (width < 2 || z.length < 2) return cut({ xs, ys, z });
  const along = (length: number) =>
    Array.from({ length: mostCells }, (_, i) => ((i + 0.5) / mostCells) * (length - 1));
  const [columns, rows] = [along(width), along(z.length)];
  return {
    xs: columns.map((at) => between(xs, at)),
    ys: rows.map((at) => between(ys, at)),
    z: rows.map((row) =>
      columns.map((column) => {
        const [low, part] = [Math.floor(row), row % 1];
        const [p, q] = [between(z[low] ?? [], column), between(z[low + 1] ?? [], column)];
        return p + part * (q - p);
      }),
    ),
  };
}

function between(values: readonly number[], at: number): number {
  const [low, high] = [values[Math.floor(at)], values[Math.floor(at) + 1]] as [number, number];
  return low + (at % 1) * (high - low);
}

function banded({ color, low, high }: Scale, own: Fields): ColorScale {
  const contours = fields(own.contours);
  const usual = niceStep((high - low) / Math.max(numberOf(own.ncontours, 15), 1) || 1);
  const size = Math.max(numberOf(contours.size, usual), (high - low) / mostBands);
  const start = numberOf(contours.start, Math.floor(low / size) * size);
  return (value) => color(start + (Math.floor((value - start) / size) + 0.5) * size);
}
