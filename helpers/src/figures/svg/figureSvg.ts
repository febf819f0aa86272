import { escapeHtml } from "../../format/escapeHtml.ts";
import type { FigureParts, Trace } from "../FigureParts.ts";
import { type AxisScale, axisScale, type Tick } from "./AxisScale.ts";
import { barSvg, stackedEnds } from "./barSvg.ts";
import { contourSvg } from "./contourSvg.ts";
import { type LegendEntry, legendSvg, legendWidth, richText } from "./legendSvg.ts";
import { scatterSvg } from "./scatterSvg.ts";

const height = 440;
const plot = { left: 76, top: 24, right: 560, bottom: 376 };

/**
 * The figure as a static SVG, for pages without a script, for print and for viewers that do not know Plotly.
 * Covers the traces our figures use (lines, markers, error bars, bands, bars, contours, heat maps on linear and
 * log axes). Its text is estimated, not measured, so the legend stands beside the plot where nothing can overlap.
 */
export function figureSvg({ data, layout, caption }: FigureParts): string {
  const x = axisScale(layout.xaxis, extentValues(data, "x"), plot.left, plot.right);
  const y = axisScale(layout.yaxis, extentValues(data, "y"), plot.bottom, plot.top);
  const legend = data.flatMap((trace): LegendEntry[] => {
    if (trace.type === "bar")
      return trace.showlegend === false ? [] : [{ name: trace.name, bar: trace.marker }];
    return trace.type === "scatter" && trace.showlegend !== false
      ? [{ name: trace.name, mode: trace.mode, marker: trace.marker, line: trace.line }]
      : [];
  });
  const width = plot.right + 20 + (legend.length > 0 ? legendWidth(legend) : 0);
  const tall = Math.max(height, 40 + 18 * legend.length);
  const traces = data.map((trace, i) =>
    trace.type === "scatter"
      ? scatterSvg(trace, x, y, data[i - 1])
      : trace.type === "bar"
        ? barSvg(trace, x, y, data.slice(0, i))
        : contourSvg(trace, x, y, plot),
  );
  const title = layout.title
    ? `<text x="${(plot.left + plot.right) / 2}" y="16" text-anchor="middle" font-size="14">${richText(layout.title.text)}</text>`
    : "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" width="${width}" height="${tall}" role="img" aria-label="${escapeHtml(caption)}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<clipPath id="plot-area"><rect x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top}"/></clipPath>`,
    axesSvg(x, y, layout.xaxis.title.text, layout.yaxis.title.text),
    `<g clip-path="url(#plot-area)">${traces.join("")}</g>`,
    title,
    legendSvg(legend, plot.right + 16, plot.top + 8),
    "</svg>",
  ].join("");
}

function extentValues(data: readonly Trace[], axis: "x" | "y"): number[] {
  return data.flatMap((trace, i) => {
    // Bars reach from 0 to the top of their pile, and half a bar to either side.
    if (trace.type === "bar") {
      return axis === "x"
        ? trace.x.flatMap((at) => [at - 0.5, at + 0.5])
        : [0, ...stackedEnds(trace, data.slice(0, i))];
    }
    const values = trace[axis];
    if (axis === "x" || trace.type !== "scatter" || !trace.error_y) return values;
    const { array, arrayminus = array } = trace.error_y;
    return values.flatMap((value, i) => [value - arrayminus[i]!, value + array[i]!]);
  });
}

function axesSvg(x: AxisScale, y: AxisScale, xTitle: string, yTitle: string): string {
  const { left, top, right, bottom } = plot;
  const grid: string[] = [];
  const labels: string[] = [];
  for (const tick of x.ticks) {
    const at = x.at(tick.value).toFixed(1);
    grid.push(`M${at},${top}V${bottom}`);
    labels.push(`<text x="${at}" y="${bottom + 18}" text-anchor="middle">${tickText(tick)}</text>`);
  }
  for (const tick of y.ticks) {
    const at = y.at(tick.value);
    grid.push(`M${left},${at.toFixed(1)}H${right}`);
    labels.push(
      `<text x="${left - 8}" y="${(at + 4).toFixed(1)}" text-anchor="end">${tickText(tick)}</text>`,
    );
  }
  const middle = (top + bottom) / 2;
  return [
    `<path d="${grid.join("")}" stroke="#e5e5e5" fill="none"/>`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#444"/>`,
    ...labels,
    `<text x="${(left + right) / 2}" y="${bottom + 44}" text-anchor="middle">${richText(xTitle)}</text>`,
    `<text transform="translate(18,${middle}) rotate(-90)" text-anchor="middle">${richText(yTitle)}</text>`,
  ].join("");
}

function tickText({ label }: Tick): string {
  if (typeof label === "string") return label;
  return `${label.base}<tspan dy="-5" font-size="9">${label.power}</tspan>`;
}
