import { escapeHtml } from "../../escapeHtml.ts";
import type { Scale } from "../traces/heatMarks.ts";
import { dashOf } from "./markSvg.ts";
import { linesOf, richText, textSvg, textWidth } from "./richText.ts";
import { symbolPath } from "./symbolPath.ts";

/** A line of the legend, with the look of its trace. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly kind: "line" | "points" | "both" | "box";
  readonly symbol?: string;
  readonly dash?: string;
}

const row = 18;
const longest = 32;
const shortened = (name: string) => {
  const [line = ""] = linesOf(name);
  return line.replace(/<[^<>]*>/g, "").length > longest
    ? `${line.replace(/<[^<>]*>/g, "").slice(0, longest)}…`
    : line;
};

export function legendWidth(entries: readonly LegendEntry[]): number {
  return entries.length === 0 ? 0 : 44 + Math.max(...entries.map(({ name }) => textWidth(shortened(name))));
}

/** As many entries as there is room for, and how many there are more. */
export function legendSvg(
  entries: readonly LegendEntry[],
  left: number,
  top: number,
  bottom: number,
): string {
  const room = Math.max(Math.floor((bottom - top) / row), 2);
  const shown = entries.length > room ? entries.slice(0, room - 1) : entries;
  const lines = shown.map(({ name, color, kind, symbol = "circle", dash }, i) => {
    const y = top + row * i;
    const paint = escapeHtml(color);
    const stroke =
      kind === "line" || kind === "both"
        ? `<path d="M${left},${y}h26" fill="none" stroke="${paint}" stroke-width="2"${dashOf(dash)}/>`
        : "";
    const point =
      kind === "points" || kind === "both"
        ? `<path d="${symbolPath(symbol, left + 13, y, 7)}" fill="${paint}"/>`
        : "";
    const box =
      kind === "box" ? `<rect x="${left + 7}" y="${y - 6}" width="12" height="12" fill="${paint}"/>` : "";
    return `${stroke}${point}${box}<text x="${left + 32}" y="${y + 4}">${richText(shortened(name))}</text>`;
  });
  if (shown.length < entries.length) {
    const more = `… ${entries.length - shown.length} more`;
    lines.push(textSvg(more, { x: left + 32, y: top + row * shown.length + 4 }));
  }
  return lines.join("");
}

/** What its colours stand for. */
export function scaleBarSvg(
  { color, low, high }: Scale,
  title: string,
  left: number,
  top: number,
  bottom: number,
): string {
  const steps = 24;
  const height = (bottom - top) / steps;
  const parts = Array.from({ length: steps }, (_, i) => {
    const value = low + ((i + 0.5) / steps) * (high - low);
    return `<rect x="${left}" y="${(bottom - (i + 1) * height).toFixed(1)}" width="16" height="${(height + 0.5).toFixed(1)}" fill="${color(value)}"/>`;
  });
  const labels = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    textSvg(String(Number((low + share * (high - low)).toPrecision(3))).replace("-", "−"), {
      x: left + 22,
      y: bottom - share * (bottom - top) + 4,
      size: 11,
    }),
  );
  return [...parts, ...labels, textSvg(title, { x: left, y: top - 8, size: 11 })].join("");
}
