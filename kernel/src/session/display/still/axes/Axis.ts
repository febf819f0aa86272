import { columnOf } from "../read/columnOf.ts";
import { type Fields, near, titleOf } from "../read/fields.ts";
import { dateValue, isDate } from "./dates.ts";
import { type AxisKind, type Tick, ticksOf } from "./ticks.ts";

/** Values looked at to tell what an axis is of. */
const looked = 1000;

/** An axis: what its values are, which of them it has to show, and where it is labelled. */
export class Axis {
  readonly id: string;
  readonly kind: AxisKind;
  readonly layout: Fields;
  readonly title: string;
  readonly #categories = new Map<string, number>();
  /** The least and the greatest, of what stands at the edge and of what needs room beside. */
  readonly #edge: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  readonly #inner: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(id: string, layout: Fields, columns: readonly (readonly unknown[])[]) {
    this.id = id;
    this.layout = layout;
    this.title = titleOf(layout.title);
    this.kind = kindOf(layout.type, columns);
    if (this.kind !== "category") return;
    const ordered = /^(category )?(ascending|descending)$/.exec(String(layout.categoryorder ?? ""));
    const names = [...columnOf(layout.categoryarray), ...columns.flat()].filter(isThere).map(String);
    if (ordered) names.sort();
    if (ordered?.[2] === "descending") names.reverse();
    for (const name of names)
      if (!this.#categories.has(name)) this.#categories.set(name, this.#categories.size);
  }

  /** A value in the axis' own units: powers of ten, milliseconds, places of categories; NaN where it has none. */
  coordinate = (value: unknown): number => {
    switch (this.kind) {
      case "category":
        return isThere(value) ? (this.#categories.get(String(value)) ?? Number.NaN) : Number.NaN;
      case "date":
        return dateValue(value);
      case "log":
        return numeric(value) > 0 ? Math.log10(numeric(value)) : Number.NaN;
      default: {
        const number = numeric(value);
        return Number.isFinite(number) ? near(number) : Number.NaN;
      }
    }
  };

  /** Something to be shown; `atEdge` where the axis may end with it. */
  include(at: number, atEdge = false): void {
    if (!Number.isFinite(at)) return;
    const extent = atEdge ? this.#edge : this.#inner;
    extent[0] = Math.min(extent[0], near(at));
    extent[1] = Math.max(extent[1], near(at));
  }

  /** From where to where it reaches; backwards where it is reversed. */
  get range(): readonly [number, number] {
    const [low, high] = this.#extent();
    const [from, to] = columnOf(this.layout.range).map((each) =>
      this.kind === "date" ? dateValue(each) : numeric(each),
    );
    if (this.layout.autorange !== true && this.layout.autorange !== "reversed") {
      const own = [near(finite(from, low)), near(finite(to, high))] as const;
      if (own[0] !== own[1] && (Number.isFinite(from) || Number.isFinite(to))) return own;
    }
    return this.layout.autorange === "reversed" ? [high, low] : [low, high];
  }

  get ticks(): readonly Tick[] {
    return ticksOf(this.kind, this.layout, this.range, this.coordinate, [...this.#categories.keys()]);
  }

  #extent(): [number, number] {
    if (this.kind === "category") return [-0.5, Math.max(this.#categories.size, 1) - 0.5];
    if (this.layout.rangemode === "tozero" && this.kind === "linear") this.include(0, true);
    const low = Math.min(this.#edge[0], this.#inner[0]);
    const high = Math.max(this.#edge[1], this.#inner[1]);
    if (low > high) return this.kind === "date" ? [0, 864e5] : [0, 1];
    if (low === high) {
      const around = this.kind === "date" ? 36e5 : Math.abs(low) * 0.5 || 0.5;
      return [low - around, high + around];
    }
    const padding = 0.05 * (high - low);
    return [
      Math.min(this.#edge[0], this.#inner[0] - padding),
      Math.max(this.#edge[1], this.#inner[1] + padding),
    ];
  }
}

const isThere = (value: unknown) => value !== undefined && value !== null && value !== "";
const finite = (value: number | undefined, fallback: number) =>
  value !== undefined && Number.isFinite(value) ? value : fallback;

function numeric(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

/** As Plotly tells it: what most of the values are. */
function kindOf(type: unknown, columns: readonly (readonly unknown[])[]): AxisKind {
  if (type === "multicategory") return "category";
  if (type === "linear" || type === "log" || type === "date" || type === "category") return type;
  let [numbers, dates, others] = [0, 0, 0];
  for (const column of columns) {
    const every = Math.max(1, Math.floor(column.length / looked));
    for (let i = 0; i < column.length; i += every) {
      const value = column[i];
      if (!isThere(value)) continue;
      if (Number.isFinite(numeric(value))) numbers++;
      else if (isDate(value)) dates++;
      else if (typeof value === "string" || typeof value === "boolean") others++;
    }
  }
  if (dates > others && dates > numbers) return "date";
  return others > numbers || (numbers === 0 && others > 0) ? "category" : "linear";
}
