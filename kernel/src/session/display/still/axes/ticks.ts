import { columnOf } from "../read/columnOf.ts";
import { type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import { dateTicks } from "./dates.ts";

export type AxisKind = "linear" | "log" | "date" | "category";

export interface Tick {
  /** In the axis' own units. */
  readonly at: number;
  readonly label: string;
}

/** Where an axis is labelled, and how. */
export function ticksOf(
  kind: AxisKind,
  layout: Fields,
  range: readonly [number, number],
  coordinate: (value: unknown) => number,
  categories: readonly string[],
): Tick[] {
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const own = columnOf(layout.tickvals);
  if (own.length > 0) {
    const words = columnOf(layout.ticktext);
    return own
      .slice(0, 200)
      .map((value, i) => ({ at: coordinate(value), label: textOf(words[i]) ?? String(value) }))
      .filter(({ at }) => at >= low && at <= high);
  }
  const count = Math.min(numberOf(layout.nticks, 6) || 6, 30);
  switch (kind) {
    case "date":
      return dateTicks(low, high, count).map(([at, label]) => ({ at, label }));
    case "category": {
      const every = Math.max(1, Math.ceil(categories.length / 40));
      return categories
        .map((label, at) => ({ at, label }))
        .filter(({ at }) => at % every === 0 && at >= low && at <= high);
    }
    case "log":
      return logTicks(low, high).map(([at, value]) => ({ at, label: affixed(layout, powerLabel(value)) }));
    default: {
      const values = linearTicks(low, high, count, numberOf(layout.dtick, 0));
      const write = numberWriter(values, String(layout.tickformat ?? ""));
      return values.map((at) => ({ at, label: affixed(layout, write(at)) }));
    }
  }
}

function affixed(layout: Fields, label: string): string {
  return `${textOf(layout.tickprefix) ?? ""}${label}${textOf(layout.ticksuffix) ?? ""}`;
}

/** A step of 1, 2 or 5 times a power of ten. */
export function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5].find((each) => each * power >= raw * 0.999_999) ?? 10);
}

function linearTicks(low: number, high: number, count: number, dtick: number): number[] {
  const span = high - low;
  const step = dtick > 0 && span / dtick <= 100 ? dtick : niceStep(span / count);
  const first = Math.ceil(low / step - 1e-9);
  const length = Math.floor(high / step + 1e-9) - first + 1;
  if (!(length > 0 && length < 1000)) return [];
  // Multiples by division, not by adding up: 3 × 0.1 must print as 0.3.
  return Array.from({ length }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks(low: number, high: number): [number, number][] {
  const decades = high - low;
  const mantissas = decades < 1 ? [1, 2, 3, 4, 5, 7] : decades < 2.5 ? [1, 2, 5] : [1];
  const every = Math.max(Math.ceil(decades / 8), 1);
  const found: [number, number][] = [];
  for (let exponent = Math.floor(low); exponent <= high && found.length < 100; exponent += every) {
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${exponent}`);
      const at = Math.log10(value);
      if (at >= low - 1e-9 && at <= high + 1e-9) found.push([at, value]);
    }
  }
  return found;
}

function powerLabel(value: number): string {
  if (value >= 1e-3 && value < 1e4) return String(value);
  const [mantissa, exponent] = value.toExponential().split("e") as [string, string];
  const power = exponent.replace("+", "").replace("-", "−");
  return `${mantissa === "1" ? "10" : `${mantissa}·10`}<sup>${power}</sup>`;
}

const sizes: [number, string][] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** One way of writing for all numbers of an axis. */
function numberWriter(values: readonly number[], format: string): (value: number) => string {
  const minus = (text: string) => text.replace("-", "−");
  const [, before = "", comma, digits, type] = /^([$€£]?)(,?)(?:\.(\d{1,2}))?([%fde]?)$/.exec(format) ?? [];
  if (format !== "" && type !== undefined) {
    const fixed = digits === undefined ? (type === "f" ? 6 : 0) : Number(digits);
    if (type === "%") return (value) => minus(`${(100 * value).toFixed(fixed)}%`);
    if (type === "e") return (value) => minus(value.toExponential(fixed));
    const grouped = { minimumFractionDigits: fixed, maximumFractionDigits: fixed };
    return (value) => minus(before + (comma ? value.toLocaleString("en", grouped) : value.toFixed(fixed)));
  }
  const largest = Math.max(...values.map(Math.abs), 0);
  if (largest >= 1e15 || (largest > 0 && largest < 1e-4)) return (value) => minus(short(value));
  const [size, suffix] = (largest >= 1e4 && sizes.find(([each]) => largest >= each)) || [1, ""];
  return (value) => minus(value === 0 ? "0" : `${Number((value / size).toPrecision(12))}${suffix}`);
}

function short(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(6))).replace("+", "");
}

/** The axis over whose place one lies. */
export function overOf(id: string, { overlaying }: Fields): string | undefined {
  const over = textOf(overlaying);
  return over && over !== id && over[0] === id[0] && /^[xy]\d*$/.test(over) ? over : undefined;
}

/** The part of a layout that has the axis of this id: "x2" is its `xaxis2`. */
export function axisLayout(layout: Fields, id: string): Fields {
  const template = fields(fields(layout.template).layout);
  const name = `${id[0]}axis`;
  return { ...fields(template[name]), ...fields(layout[name + id.slice(1)]) };
}
