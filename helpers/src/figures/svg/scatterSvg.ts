import type { ScatterTrace, Trace } from "../FigureParts.ts";
import type { AxisScale } from "./AxisScale.ts";
import { dashArray } from "./dashArray.ts";
import { markerPath } from "./markerPath.ts";
import { viridis } from "./viridis.ts";

type Pixel = readonly [number, number];

const finite = ([px, py]: Pixel) => Number.isFinite(px) && Number.isFinite(py);
const pathThrough = (pixels: readonly Pixel[]) =>
  `M${pixels.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join("L")}`;

/** A scatter trace's band, line, error bars and markers; `previous` is the trace a band reaches down to. */
export function scatterSvg(trace: ScatterTrace, x: AxisScale, y: AxisScale, previous?: Trace): string {
  const pixelsOf = (one: Trace & { type: "scatter" }) =>
    one.x.map((value, i): Pixel => [x.at(value), y.at(one.y[i]!)]).filter(finite);
  const pixels = pixelsOf(trace);
  if (pixels.length === 0) return "";
  const parts: string[] = [];
  if (trace.fill === "tonexty" && previous?.type === "scatter") {
    const outline = [...pixels, ...pixelsOf(previous).reverse()];
    parts.push(`<path d="${pathThrough(outline)}Z" fill="${trace.fillcolor ?? "#ccc"}" stroke="none"/>`);
  }
  if (trace.mode !== "markers" && (trace.line?.width ?? 2) > 0) {
    parts.push(`<path d="${pathThrough(pixels)}" ${dashArray(trace.line)} fill="none"/>`);
  }
  if (trace.error_y) parts.push(errorBarsSvg(trace, x, y));
  if (trace.mode !== "lines") parts.push(markersSvg(trace, pixels));
  return parts.join("");
}

function errorBarsSvg({ x: values, y: heights, error_y, marker }: ScatterTrace, x: AxisScale, y: AxisScale) {
  const { array, arrayminus = array } = error_y!;
  const bars = values.flatMap((value, i) => {
    const px = x.at(value);
    const low = y.at(heights[i]! - arrayminus[i]!);
    const high = y.at(heights[i]! + array[i]!);
    if (![px, low, high].every(Number.isFinite)) return [];
    const [left, from, to] = [(px - 3).toFixed(1), low.toFixed(1), high.toFixed(1)];
    return [`M${px.toFixed(1)},${from}V${to}M${left},${from}h6M${left},${to}h6`];
  });
  const color = typeof marker?.color === "string" ? marker.color : "#444";
  return `<path d="${bars.join("")}" stroke="${color}" fill="none"/>`;
}

function markersSvg({ marker }: ScatterTrace, pixels: readonly Pixel[]): string {
  const symbol = marker?.symbol ?? "circle";
  const size = marker?.size ?? 6;
  const paths = pixels.map(([px, py]) => markerPath(symbol, px, py, size));
  const color = marker?.color;
  if (typeof color === "string" || color === undefined) {
    return `<path d="${paths.join("")}" fill="${color ?? "#444"}" stroke="#fff" stroke-width="0.5"/>`;
  }
  const low = Math.min(...color);
  const span = Math.max(...color) - low || 1;
  return paths.map((d, i) => `<path d="${d}" fill="${viridis((color[i]! - low) / span)}"/>`).join("");
}
