import { formatCount } from "../../format/formatCount.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import type { FigureAxis } from "../FigureParts.ts";

export interface Tick {
  /** In the data's units. */
  readonly value: number;
  /** Base and superscript of a power of ten, or plain text. */
  readonly label: string | { readonly base: string; readonly power: string };
}

/** From the data's units to pixels and back to labelled ticks. */
export interface AxisScale {
  readonly ticks: readonly Tick[];
  /** Pixel of a value; NaN for what a log axis cannot show. */
  at(value: number): number;
}

/** The scale of an axis over the given values, from pixel `start` to pixel `end`. */
export function axisScale(
  axis: FigureAxis,
  values: readonly number[],
  start: number,
  end: number,
): AxisScale {
  const log = axis.type === "log";
  const forward = (value: number) => (log ? Math.log10(value) : value);
  const [low, high] = axis.range ?? paddedExtent(values.map(forward));
  const ticks = (log ? logTicks(low, high) : linearTicks(low, high, axis.dtick)).map((value) => ({
    value,
    label: tickLabel(axis, value),
  }));
  return { ticks, at: (value) => start + ((forward(value) - low) / (high - low)) * (end - start) };
}

function paddedExtent(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const padding = (high - low) * 0.05 || Math.abs(low) * 0.05 || 0.5;
  return [low - padding, high + padding];
}

function linearTicks(low: number, high: number, given?: number | string): number[] {
  const raw = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(raw));
  const usual = power * ([1, 2, 5, 10].find((k) => k * power >= raw) ?? 10);
  const step = typeof given === "number" && given > 0 ? given : usual;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Multiples by division, not by adding up: 3 × 0.1 must print as 0.3.
  return Array.from({ length: Math.max(count, 0) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks(low: number, high: number): number[] {
  const decades = high - low;
  const mantissas = decades < 1 ? [1, 2, 3, 4, 5, 7] : decades < 2.5 ? [1, 2, 5] : [1];
  const every = Math.max(Math.ceil(decades / 8), 1);
  const ticks: number[] = [];
  for (let exponent = Math.floor(low); exponent <= high; exponent += every) {
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${exponent}`);
      const place = Math.log10(value);
      if (place >= low - 1e-9 && place <= high + 1e-9) ticks.push(value);
    }
  }
  return ticks;
}

function tickLabel(axis: FigureAxis, value: number): Tick["label"] {
  if (axis.exponentformat === "B") return formatCount(value);
  if (axis.type !== "log" || (value >= 1e-3 && value < 1e4)) return formatNumber(value).replace("-", "−");
  const [mantissa, exponent] = value.toExponential().split("e") as [string, string];
  const power = exponent.replace("+", "").replace("-", "−");
  return { base: mantissa === "1" ? "10" : `${mantissa}·10`, power };
}
