import { escapeHtml } from "../../escapeHtml.ts";
import { columnOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, near, numberOf, textOf } from "../read/fields.ts";
import { textSvg } from "./richText.ts";

/** A part of a whole. */
export interface Slice {
  readonly label: string;
  readonly value: number;
  readonly color: string;
}

/** The largest first, as Plotly has them, and those of one label together. */
export function slicesOf(own: Fields, colors: readonly string[]): Slice[] {
  const values = columnOf(own.values);
  const labels = columnOf(own.labels);
  const sums = new Map<string, number>();
  for (let i = 0; i < Math.max(values.length, labels.length); i++) {
    const label = textOf(labels[i]) ?? String(i);
    const value = values.length > 0 ? near(numberOf(Number(values[i]), 0)) : 1;
    sums.set(label, (sums.get(label) ?? 0) + Math.max(value, 0));
  }
  const ordered = [...sums].filter(([, value]) => value > 0);
  if (own.sort !== false) ordered.sort(([, p], [, q]) => q - p);
  const chosen = columnOf(fields(own.marker).colors);
  return ordered.slice(0, 200).map(([label, value], i) => ({
    label,
    value,
    color: colorOf(chosen[[...sums.keys()].indexOf(label)]) ?? (colors[i % colors.length] as string),
  }));
}

/** A pie within a circle. */
export function pieSvg(
  own: Fields,
  slices: readonly Slice[],
  cx: number,
  cy: number,
  radius: number,
): string {
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const hole = Math.min(Math.max(numberOf(own.hole, 0), 0), 0.95) * radius;
  const at = (angle: number, r: number) =>
    `${(cx + r * Math.sin(angle)).toFixed(1)},${(cy - r * Math.cos(angle)).toFixed(1)}`;
  let angle = (numberOf(own.rotation, 0) * Math.PI) / 180;
  const clockwise = own.direction === "clockwise" ? 1 : -1;
  return slices
    .map(({ label, value, color }) => {
      // A full circle has its ends in one place, and would be nothing.
      const turn = clockwise * Math.min((2 * Math.PI * value) / total, 2 * Math.PI - 1e-4);
      const [from, to] = [angle, angle + turn];
      angle = to;
      const large = Math.abs(turn) > Math.PI ? 1 : 0;
      const sweep = clockwise === 1 ? 1 : 0;
      const outer = `M${at(from, radius)}A${radius},${radius} 0 ${large} ${sweep} ${at(to, radius)}`;
      const inner =
        hole > 0
          ? `L${at(to, hole)}A${hole},${hole} 0 ${large} ${1 - sweep} ${at(from, hole)}`
          : `L${cx},${cy}`;
      const share = `${Number(((100 * value) / total).toPrecision(3))}%`;
      const [middle, r] = [(from + to) / 2, (radius + hole) / 2 + (hole > 0 ? 0 : 0.15 * radius)];
      const place = { x: cx + r * Math.sin(middle), y: cy - r * Math.cos(middle) + 4 };
      const words = Math.abs(turn) > 0.2 ? textSvg(share, { ...place, anchor: "middle", color: "#fff" }) : "";
      return `<path d="${outer}${inner}Z" fill="${escapeHtml(color)}" stroke="#fff"><title>${escapeHtml(`${label}: ${share}`)}</title></path>${words}`;
    })
    .join("");
}
