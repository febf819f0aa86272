import type { FigureAxis, FigureLayout } from "./FigureParts.ts";

/** An axis in our words. */
export interface AxisOptions {
  /** What it shows, with the unit: "training compute (FLOPs)". Unicode and <sup> instead of TeX. */
  readonly title: string;
  readonly log?: boolean;
  /** "count" prints 70B, "power" prints 10²³; plain otherwise. */
  readonly format?: "count" | "power";
  /** Ends in the data's own units, also on a log axis. */
  readonly range?: readonly [number, number];
}

const exponentFormats = { count: "B", power: "power" } as const;

function axis({ title, log = false, format, range }: AxisOptions): FigureAxis {
  const ends = range && log ? ([Math.log10(range[0]), Math.log10(range[1])] as const) : range;
  return {
    title: { text: title },
    type: log ? "log" : "linear",
    exponentformat: format ? exponentFormats[format] : log ? "power" : "none",
    ...(log ? (format === "power" ? { dtick: 1 } : { minorloglabels: "complete" }) : {}),
    ...(ends ? { range: ends } : {}),
    zeroline: false,
  };
}

/** The look all our figures share: a light frame, room for labels, a legend that hides no data. */
export function figureLayout(x: AxisOptions, y: AxisOptions, title?: string): FigureLayout {
  return {
    ...(title ? { title: { text: title } } : {}),
    xaxis: { ...axis(x), ...frame },
    yaxis: { ...axis(y), ...frame },
    legend: { orientation: "v", x: 1.02, y: 1, xanchor: "left" },
    // Plotly's buttons stand above the plot: without a title too they need room beside the legend.
    margin: { l: 70, r: 20, t: title ? 56 : 36, b: 60 },
    height: 440,
    plot_bgcolor: "#ffffff",
    paper_bgcolor: "#ffffff",
    font: { color: "#222222" },
  };
}

const frame = { showline: true, linecolor: "#444444", mirror: true, gridcolor: "#e5e5e5", ticks: "outside" };
