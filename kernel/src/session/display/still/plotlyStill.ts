import { escapeHtml } from "../escapeHtml.ts";
import { withAxes } from "./axes/axesOf.ts";
import { axesSvg, groundSvg } from "./draw/axesSvg.ts";
import { type Frame, frameOf, scaleOn, spanOf } from "./draw/Frame.ts";
import { type LegendEntry, legendSvg, legendWidth, scaleBarSvg } from "./draw/legendSvg.ts";
import { markSvg } from "./draw/markSvg.ts";
import { annotationsSvg, shapesSvg } from "./draw/notesSvg.ts";
import { pieSvg, slicesOf } from "./draw/pieSvg.ts";
import { textSvg } from "./draw/richText.ts";
import { columnOf } from "./read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf, textOf, titleOf } from "./read/fields.ts";
import { colorway, type RawTrace, scaleTitle, tracesOf } from "./read/tracesOf.ts";
import type { Mark } from "./traces/Mark.ts";
import { marksOf } from "./traces/marksOf.ts";
import { modeOf } from "./traces/scatterMarks.ts";
import type { Trace } from "./traces/Trace.ts";

const onAxes = new Set([
  ...["scatter", "bar", "histogram", "box", "violin", "candlestick", "ohlc"],
  ...["heatmap", "contour", "histogram2d", "histogram2dcontour"],
]);

/**
 * A Plotly figure as a still picture, for front ends that do not know Plotly, for paper and for pages without a script.
 * Traces on two axes and pies are drawn, from the figure's own JSON and without a browser; of others there are the words.
 *
 * @param words what the figure is, for those who cannot see it
 */
export function plotlyStill(figure: unknown, words: string): string {
  const { data, layout: given } = fields(figure);
  const layout = fields(given);
  const traces = tracesOf(data, layout);
  const flat = traces.filter(({ type }) => onAxes.has(type));
  const pies = traces.filter(({ type }) => type === "pie");
  const others = traces.filter(({ type }) => !onAxes.has(type) && type !== "pie");
  const body =
    flat.length + pies.length > 0 ? drawing(flat, pies, layout) : { ...emptyFrame(layout), svg: "" };
  const note = others.length > 0 ? othersNote(others, body, body.svg === "" ? words : undefined) : "";
  const template = fields(fields(layout.template).layout);
  const paper = colorOf(layout.paper_bgcolor ?? template.paper_bgcolor) ?? "#fff";
  const ink = colorOf(fields(layout.font).color ?? fields(template.font).color) ?? "#222";
  const size = `viewBox="0 0 ${body.width} ${body.height}" width="${body.width}" height="${body.height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeHtml(words)}" font-family="sans-serif" font-size="12" fill="${escapeHtml(ink)}">`,
    `<rect width="100%" height="100%" fill="${escapeHtml(paper)}"/>`,
    body.svg,
    note,
    "</svg>",
  ].join("");
}

function emptyFrame(layout: Fields): Frame {
  return frameOf({ ...layout, height: Math.min(numberOf(layout.height, 160), 160) }, [], "", 0);
}

/** What kinds of traces are not drawn. */
function othersNote(
  others: readonly RawTrace[],
  { height, left, top }: Frame,
  words: string | undefined,
): string {
  const kinds = [...new Set(others.map(({ type }) => type))].slice(0, 6).join(", ");
  const text = `Not drawn in a still picture: ${kinds}`;
  const title = words === undefined ? "" : textSvg(words.slice(0, 90), { x: left, y: top + 16, size: 14 });
  return title + textSvg(text, { x: left, y: height - 6, size: 10 });
}

function drawing(
  raw: readonly RawTrace[],
  pies: readonly RawTrace[],
  layout: Fields,
): Frame & { svg: string } {
  const { traces, axes: found } = withAxes(raw, layout);
  const { marks, scales } = marksOf(traces, layout);
  const colors = colorway(layout);
  const slices = pies.map((pie) => slicesOf(pie.fields, colors));
  const entries = legendOf(traces, slices.flat(), layout);
  const [scale] = scales;
  const title = titleOf(layout.title);
  const axes = [...found.values()];
  const wide = legendWidth(entries);
  const frame = frameOf(layout, axes, title, (wide > 0 ? wide + 16 : 0) + (scale ? 74 : 0));
  const pairs = pairsOf(traces);
  const besides = frame.width - 16 - wide;
  const titleAt = { x: frame.width / 2, y: 26, anchor: "middle", size: 16 } as const;
  const svg = [
    groundSvg(pairs, layout, frame),
    ...pairs.map(([x, y]) =>
      plotSvg(
        traces.filter((each) => each.x === x && each.y === y),
        marks,
        layout,
        frame,
      ),
    ),
    shapesSvg(found, layout, frame),
    axesSvg(axes, pairs, layout, frame),
    ...pies.map((pie, i) => {
      const { x, y } = fields(pie.fields.domain);
      const [left, right, low, high] = [domain(x), domain(y)].flat() as [number, number, number, number];
      const [wide, tall] = [frame.right - frame.left, frame.bottom - frame.top];
      const radius = Math.max(Math.min((right - left) * wide, (high - low) * tall) / 2 - 4, 10);
      const [cx, cy] = [frame.left + ((left + right) / 2) * wide, frame.bottom - ((low + high) / 2) * tall];
      return pieSvg(pie.fields, slices[i] ?? [], cx, cy, radius);
    }),
    annotationsSvg(found, layout, frame),
    title === "" ? "" : textSvg(title, titleAt),
    legendSvg(entries, besides, frame.top + 8, frame.bottom),
    scale
      ? scaleBarSvg(scale.scale, scaleTitle(scale.fields), besides - 66, frame.top + 8, frame.bottom)
      : "",
  ].join("");
  return { ...frame, svg };
}

const domain = (value: unknown): [number, number] => {
  const [low, high] = columnOf(value);
  return [numberOf(low, 0), numberOf(high, 1)];
};

function pairsOf(traces: readonly Trace[]): (readonly [Trace["x"], Trace["y"]])[] {
  const pairs = new Map(traces.map(({ x, y }) => [`${x.id} ${y.id}`, [x, y] as const]));
  return [...pairs.values()];
}

/** The marks of all traces on two axes, cut off where these end: an <svg> within does that without an id. */
function plotSvg(
  traces: readonly Trace[],
  marks: ReadonlyMap<Trace, readonly Mark[]>,
  layout: Fields,
  frame: Frame,
): string {
  const [{ x, y }] = traces as [Trace];
  const [[left, right], [bottom, top]] = [spanOf(x.id, layout, frame), spanOf(y.id, layout, frame)];
  const plane = { x: scaleOn(x, [left, right]), y: scaleOn(y, [bottom, top]), left, bottom };
  const [a, b, width, height] = [left, top, right - left, bottom - top].map((each) => each.toFixed(1));
  const drawn = traces.flatMap((trace) => (marks.get(trace) ?? []).map((mark) => markSvg(mark, plane)));
  return `<svg x="${a}" y="${b}" width="${width}" height="${height}" viewBox="${a} ${b} ${width} ${height}">${drawn.join("")}</svg>`;
}

function legendOf(
  traces: readonly Trace[],
  slices: readonly { label: string; color: string }[],
  layout: Fields,
): LegendEntry[] {
  const named = traces.filter(
    ({ type, fields: own }) => own.showlegend !== false && !/heat|contour|histogram2d/.test(type),
  );
  const isWanted =
    layout.showlegend === undefined
      ? named.length > 1 || slices.length > 0 || named.some(({ fields: own }) => own.showlegend === true)
      : layout.showlegend === true;
  if (!isWanted) return [];
  return [
    ...named.map(({ type, fields: own, name, color }): LegendEntry => {
      if (type !== "scatter") return { name, color, kind: "box" };
      const mode = modeOf(own);
      const [hasLine, hasPoints] = [mode.includes("lines"), mode.includes("markers")];
      const kind = hasLine && hasPoints ? "both" : hasPoints ? "points" : hasLine ? "line" : "box";
      const [symbol, dash] = [textOf(fields(own.marker).symbol), textOf(fields(own.line).dash)];
      return { name, color, kind, ...(symbol ? { symbol } : {}), ...(dash ? { dash } : {}) };
    }),
    ...slices.map(({ label, color }): LegendEntry => ({ name: label, color, kind: "box" })),
  ];
}
