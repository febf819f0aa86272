import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { Figure } from "./Figure.ts";
import type { FigureTable, ScatterTrace } from "./FigureParts.ts";
import { type AxisOptions, figureLayout } from "./figureLayout.ts";
import { type SeriesStyle, seriesStyle } from "./seriesStyle.ts";

/** One set of points or one line. */
export interface Series {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Default "markers". */
  readonly mode?: "markers" | "lines" | "lines+markers";
  /** Half-width of a symmetric error bar on y, or the bar's two ends as [low, high], one a point. */
  readonly error?: readonly number[] | readonly (readonly [number, number])[];
  /** A shaded band around a line, [low, high] one a point; for intervals. */
  readonly band?: readonly (readonly [number, number])[];
  /** False keeps the series out of the legend (a line fitted to points that are in it). */
  readonly inLegend?: boolean;
  /** Series with the same style number share colour, marker and dash (points and the line fitted to them). */
  readonly style?: number;
}

/** What `xyFigure` draws: series on two axes, and the sentence that they show. */
export interface XyFigureOptions {
  readonly series: readonly Series[];
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly caption: string;
  readonly title?: string;
  /** The figure's table; by default every point of every series drawn with markers (all series if none is). */
  readonly table?: FigureTable;
}

function errorBars(series: Series): Pick<ScatterTrace, "error_y"> {
  if (!series.error) return {};
  const { error, y } = series;
  const pairs = error.map((bar, i): readonly [number, number] =>
    typeof bar === "number" ? [bar, bar] : [y[i]! - bar[0], bar[1] - y[i]!],
  );
  return {
    error_y: {
      type: "data",
      symmetric: false,
      array: pairs.map(([, up]) => up),
      arrayminus: pairs.map(([down]) => down),
    },
  };
}

function checkSeries(series: Series): void {
  const { name, x, y, error, band } = series;
  if ([y, error, band].some((values) => values && values.length !== x.length)) {
    const extra = `${error ? `, ${error.length} error bars` : ""}${band ? `, ${band.length} band ends` : ""}`;
    const counts = `${x.length} x, ${y.length} y${extra}`;
    throw new RangeError(`series "${name}" needs as many x as y, got ${counts}`);
  }
}

function seriesTrace(series: Series, { color, symbol, dash }: SeriesStyle): ScatterTrace {
  const mode = series.mode ?? "markers";
  return {
    type: "scatter",
    mode,
    name: series.name,
    x: series.x,
    y: series.y,
    ...(mode === "lines" ? {} : { marker: { color, symbol, size: 7 } }),
    ...(mode === "markers" ? {} : { line: { color, dash, width: 2 } }),
    ...(series.inLegend === false ? { showlegend: false } : {}),
    ...errorBars(series),
  };
}

/** Two lines of no width, the upper one filled down to the lower: how Plotly draws a band. */
function bandTraces({ name, x, band }: Series, color: string): ScatterTrace[] {
  if (!band) return [];
  const edge = { type: "scatter", mode: "lines", x, line: { width: 0 }, showlegend: false } as const;
  const lower = { ...edge, name: `${name}, lower end`, y: band.map(([low]) => low) };
  const upper = { ...edge, name: `${name}, upper end`, y: band.map(([, high]) => high) };
  return [lower, { ...upper, fill: "tonexty", fillcolor: `${color}33` }];
}

function defaultTable({ series, x, y }: XyFigureOptions): FigureTable {
  const marked = series.filter((one) => one.mode !== "lines");
  const shown = marked.length > 0 ? marked : series;
  return {
    columns: ["series", x.title, y.title],
    rows: shown.flatMap((one) => one.x.map((value, i) => [one.name, value, one.y[i]!])),
  };
}

/**
 * Points and lines over two axes, linear or logarithmic. Series are told apart by colour, marker and dash
 * together, so that the figure reads without colour.
 *
 * @throws RangeError when a series has not as many x as y
 * @throws TypeError when there is no caption
 * @example
 * import { xyFigure } from "isoflop";
 * const figure = xyFigure({
 *   series: [{ name: "Chinchilla", x: [6e18, 3e21], y: [1.1e8, 2.4e9], mode: "lines+markers" }],
 *   x: { title: "training compute (FLOPs)", log: true, format: "power" },
 *   y: { title: "optimal parameters", log: true, format: "count" },
 *   caption: "The optimal size grows like the square root of compute.",
 * });
 * figure.table.rows.length; // => 2
 */
export function xyFigure(options: XyFigureOptions): Figure {
  requireOptions("xyFigure", options, ["series", "x", "y", "caption", "title", "table"]);
  const data = options.series.flatMap((series, i): ScatterTrace[] => {
    requireOptions("a series", series, ["name", "x", "y", "mode", "error", "band", "inLegend", "style"]);
    checkSeries(series);
    const style = seriesStyle(series.style ?? i);
    return [...bandTraces(series, style.color), seriesTrace(series, style)];
  });
  return new Figure({
    data,
    layout: figureLayout(options.x, options.y, options.title),
    caption: options.caption,
    table: options.table ?? defaultTable(options),
  });
}
