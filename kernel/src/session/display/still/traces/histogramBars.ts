import { niceStep } from "../axes/ticks.ts";
import { placesOf } from "../read/columnOf.ts";
import { fields, numberOf, textOf } from "../read/fields.ts";
import { axesOf, type Bars } from "./barMarks.ts";
import { numberRange } from "./scatterMarks.ts";
import type { Trace } from "./Trace.ts";

const mostBins = 500;

/** Equal bins from a place on. */
export interface Bins {
  readonly start: number;
  readonly size: number;
  readonly count: number;
}

/** Bins for all values on an axis, as a trace sets them, or so many that each holds a few. */
export function binsOf(values: readonly number[], axis: "x" | "y", trace: Trace): Bins {
  const [low, high] = numberRange(values) ?? [0, -1];
  if (high < low) return { start: 0, size: 1, count: 0 };
  if ((axis === "x" ? trace.x : trace.y).kind === "category") {
    return { start: low - 0.5, size: 1, count: Math.min(high - low + 1, mostBins) };
  }
  const own = fields(trace.fields[`${axis}bins`]);
  const wanted = numberOf(trace.fields[`nbins${axis}`], 0);
  const size = sizeOf(numberOf(own.size, 0), wanted, values, low, high);
  const start = numberOf(own.start, Math.floor(low / size) * size);
  const end = numberOf(own.end, high);
  const count = Math.max(Math.floor((end - start) / size + 1e-9) + (own.end === undefined ? 1 : 0), 1);
  return { start, size, count: Math.min(count, mostBins) };
}

function sizeOf(own: number, wanted: number, values: readonly number[], low: number, high: number): number {
  if (own > 0) return own;
  const span = high - low;
  // Values that differ by less than numbers of their size, or any numbers, can tell apart fill no several bins.
  const finest = Math.max(1e-12 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
  if (!(span > finest)) return Math.max(1, finest);
  if (wanted > 0) return niceStep(span / Math.min(wanted, mostBins));
  const count = values.filter(Number.isFinite).length;
  return niceStep(span / Math.min(Math.max(Math.ceil(Math.sqrt(count)), 5), 60));
}

export function binAt(value: number, { start, size, count }: Bins): number {
  const bin = Math.floor((value - start) / size + 1e-9);
  return bin >= 0 && bin < count ? bin : -1;
}

/** The values of a histogram on its axis. */
export function histogramValues(trace: Trace): number[] {
  return placesOf(trace.isFlat ? trace.fields.y : trace.fields.x).map(axesOf(trace).along.coordinate);
}

/** A histogram as bars; those on the same axis share their bins. */
export function histogramBars(trace: Trace, all: readonly number[]): Bars {
  const { fields: own, isFlat } = trace;
  const bins = binsOf(all, isFlat ? "y" : "x", trace);
  const weights = placesOf(isFlat ? own.x : own.y).map(Number);
  const gathered: number[][] = Array.from({ length: bins.count }, () => []);
  let total = 0;
  for (const [i, value] of histogramValues(trace).entries()) {
    const bin = binAt(value, bins);
    if (bin === -1) continue;
    gathered[bin]?.push(weights[i] ?? Number.NaN);
    total++;
  }
  const measure = measures[textOf(own.histfunc) ?? "count"] ?? (measures.count as Measure);
  let heights = gathered.map((each) => normal(measure(each), textOf(own.histnorm) ?? "", total, bins.size));
  if (fields(own.cumulative).enabled === true) {
    let sum = 0;
    heights = heights.map((each) => {
      sum += each;
      return sum;
    });
  }
  const at = heights.map((_, i) => bins.start + (i + 0.5) * bins.size);
  return { trace, at, heights, width: bins.size };
}

type Measure = (values: readonly number[]) => number;
const sum: Measure = (values) => values.reduce((all, each) => all + each, 0);
const measures: Readonly<Record<string, Measure>> = {
  count: (values) => values.length,
  sum,
  avg: (values) => (values.length > 0 ? sum(values) / values.length : Number.NaN),
  min: (values) => values.reduce((p, q) => Math.min(p, q), Number.POSITIVE_INFINITY),
  max: (values) => values.reduce((p, q) => Math.max(p, q), Number.NEGATIVE_INFINITY),
};

function normal(height: number, norm: string, total: number, size: number): number {
  if (norm === "percent") return (100 * height) / (total || 1);
  if (norm === "probability") return height / (total || 1);
  if (norm === "density") return height / size;
  return norm === "probability density" ? height / (total || 1) / size : height;
}
