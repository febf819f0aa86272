import { columnOf } from "../read/columnOf.ts";
import { type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import { axesOf, type Bars, barMarks, barsOf } from "./barMarks.ts";
import { boxMarks } from "./boxMarks.ts";
import { candleMarks } from "./candleMarks.ts";
import { heatMarks, type Scale, scaleOf } from "./heatMarks.ts";
import { histogramBars, histogramValues } from "./histogramBars.ts";
import type { Mark } from "./Mark.ts";
import { type Below, numberRange, scatterMarks } from "./scatterMarks.ts";
import type { Trace } from "./Trace.ts";

/** What all traces are drawn with, and the scales that have to be shown. */
export function marksOf(traces: readonly Trace[], layout: Fields) {
  const marks = new Map<Trace, Mark[]>();
  const scales: { scale: Scale; fields: Fields }[] = [];
  const below = new Map<string, Below>();
  const plot = ({ x, y }: Trace) => `${x.id} ${y.id}`;
  for (const trace of traces) {
    const { type, fields: own } = trace;
    if (type === "scatter") {
      const under = below.get(plot(trace)) ?? { stacks: new Map() };
      below.set(plot(trace), under);
      marks.set(trace, scatterMarks(trace, under));
    } else if (type === "candlestick" || type === "ohlc") {
      marks.set(trace, candleMarks(trace));
    } else if (/^(heatmap|contour|histogram2d)/.test(type)) {
      const heat = heatMarks(trace);
      marks.set(trace, heat.marks);
      if (own.showscale !== false) scales.push({ scale: heat.scale, fields: own });
    }
    const marker = fields(own.marker);
    const isScaled = marker.showscale === true && numberRange(columnOf(marker.color));
    if (isScaled) scales.push({ scale: scaleOf(marker, columnOf(marker.color)), fields: marker });
  }
  for (const [, group] of grouped(traces, plot)) {
    for (const [trace, own] of barMarksOf(group, layout)) marks.set(trace, own);
    boxes(group, layout, marks);
  }
  return { marks, scales };
}

function grouped(traces: readonly Trace[], key: (trace: Trace) => string): Map<string, Trace[]> {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) groups.set(key(trace), [...(groups.get(key(trace)) ?? []), trace]);
  return groups;
}

/** Bars that stand and bars that lie know nothing of each other. */
function barMarksOf(group: readonly Trace[], layout: Fields): [Trace, Mark[]][] {
  return [true, false].flatMap((isFlat) => {
    const own = group.filter(
      (each) => each.isFlat === isFlat && (each.type === "bar" || each.type === "histogram"),
    );
    if (own.length === 0) return [];
    const values = own.filter(({ type }) => type === "histogram").flatMap(histogramValues);
    const bars = own.map(
      (trace): Bars => (trace.type === "bar" ? barsOf(trace) : histogramBars(trace, values)),
    );
    return [...barMarks(bars, layout)];
  });
}

/** Boxes stand beside each other where the layout says so, else each in its place. */
function boxes(group: readonly Trace[], layout: Fields, marks: Map<Trace, Mark[]>): void {
  const own = group.filter(({ type }) => type === "box" || type === "violin");
  const isBeside = textOf(layout.boxmode ?? layout.violinmode) === "group";
  for (const [index, trace] of own.entries()) {
    const unit = axesOf(trace).along.kind === "category" ? 1 : numberOf(trace.fields.width, 1);
    const width = (isBeside ? 0.7 / own.length : 0.5) * unit;
    const shift = isBeside ? (index - (own.length - 1) / 2) * width : 0;
    marks.set(trace, boxMarks(trace, shift, 0.9 * width));
  }
}
