import { columnOf, placesOf } from "../read/columnOf.ts";
import { type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import type { RawTrace } from "../read/tracesOf.ts";
import { boxColumns } from "../traces/boxMarks.ts";
import { gridColumns } from "../traces/heatMarks.ts";
import { columnsXY } from "../traces/scatterMarks.ts";
import type { Trace } from "../traces/Trace.ts";
import { Axis } from "./Axis.ts";
import { axisLayout, overOf } from "./ticks.ts";

/** The id of an axis: "x", "x2"; that of its first for anything else. */
export function axisId(value: unknown, letter: "x" | "y"): string {
  const id = textOf(value) ?? "";
  return new RegExp(`^${letter}([2-9]|[1-9]\\d{1,2})?$`).test(id) ? id : letter;
}

/** Traces with the axes that all of them together make. */
export function withAxes(
  raw: readonly RawTrace[],
  layout: Fields,
): { traces: Trace[]; axes: Map<string, Axis> } {
  const columns = new Map<string, (readonly unknown[])[]>();
  const add = (id: string, column: readonly unknown[]) =>
    columns.set(id, [...(columns.get(id) ?? []), column]);
  for (const trace of raw) {
    const { x, y } = columnsOf(trace);
    add(axisId(trace.fields.xaxis, "x"), x);
    add(axisId(trace.fields.yaxis, "y"), y);
  }
  const axes = new Map([...columns].map(([id, own]) => [id, new Axis(id, axisLayout(layout, id), own)]));
  const traces = raw.map((trace) => ({
    ...trace,
    x: axes.get(axisId(trace.fields.xaxis, "x")) as Axis,
    y: axes.get(axisId(trace.fields.yaxis, "y")) as Axis,
  }));
  return { traces, axes };
}

/** What a trace has on each axis. */
function columnsOf({ type, fields: own, name, isFlat }: RawTrace): {
  x: readonly unknown[];
  y: readonly unknown[];
} {
  const turned = (along: readonly unknown[], up: readonly unknown[]) =>
    isFlat ? { x: up, y: along } : { x: along, y: up };
  switch (type) {
    case "histogram":
      return turned(placesOf(isFlat ? own.y : own.x), [0]);
    case "box":
    case "violin": {
      const { along, up } = boxColumns(own, name, isFlat);
      return turned(along, up);
    }
    case "heatmap":
    case "contour": {
      const { xs, ys } = gridColumns(own);
      return own.transpose === true ? { x: ys, y: xs } : { x: xs, y: ys };
    }
    case "candlestick":
    case "ohlc":
      return { x: columnsXY({ x: own.x, y: own.close })[0], y: [own.low, own.high].flatMap(columnOf) };
    default: {
      const [x, y] = columnsXY(own);
      return { x, y };
    }
  }
}

/** The share of the picture along which an axis lies. */
export function domainOf(id: string, layout: Fields): readonly [number, number] {
  const own = axisLayout(layout, id);
  const over = overOf(id, own);
  if (over && overOf(over, axisLayout(layout, over)) === undefined) return domainOf(over, layout);
  const [low, high] = columnOf(own.domain).map((each) => Math.min(Math.max(numberOf(each, 0), 0), 1));
  if (low !== undefined && high !== undefined && high > low) return [low, high];
  return gridDomain(id, fields(layout.grid)) ?? [0, 1];
}

/** The place of an axis where the layout only says how many rows and columns there are. */
function gridDomain(id: string, grid: Fields): [number, number] | undefined {
  const [rows, columns] = [numberOf(grid.rows, 1), numberOf(grid.columns, 1)];
  if (!(rows >= 1 && columns >= 1 && rows * columns > 1)) return undefined;
  const number = Number(id.slice(1) || 1) - 1;
  const isIndependent = grid.pattern === "independent";
  const isX = id.startsWith("x");
  const place = isIndependent ? (isX ? number % columns : Math.floor(number / columns)) : number;
  const count = isX ? columns : rows;
  if (place >= count) return undefined;
  const gap = numberOf(isX ? grid.xgap : grid.ygap, isIndependent ? 0.2 : 0.1) / count;
  const size = (1 - gap * (count - 1)) / count;
  const at = isX || grid.roworder === "bottom to top" ? place : count - 1 - place;
  return [at * (size + gap), at * (size + gap) + size];
}
