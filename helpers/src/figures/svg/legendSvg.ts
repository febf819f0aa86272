import { escapeHtml } from "../../format/escapeHtml.ts";
import type { BarTrace, ScatterTrace } from "../FigureParts.ts";
import { dashArray } from "./dashArray.ts";
import { markerPath } from "./markerPath.ts";
import { patternedBox } from "./patternedBox.ts";

export type LegendEntry =
  | Pick<ScatterTrace, "name" | "mode" | "marker" | "line">
  | { readonly name: string; readonly bar: BarTrace["marker"] };

const tags = /<[^>]*>/g;

/** Text in which <sup> and <sub> are raised and lowered, and no other tag survives. */
export function richText(text: string): string {
  return text
    .split(/(<su[pb]>.*?<\/su[pb]>)/)
    .map((part) => {
      const inner = escapeHtml(part.replace(tags, ""));
      if (!/^<su[pb]>/.test(part)) return inner;
      const down = part.startsWith("<sup>") ? -5 : 4;
      return `<tspan dy="${down}" font-size="9">${inner}</tspan><tspan dy="${-down}">&#8203;</tspan>`;
    })
    .join("");
}

/** Room for the longest name; sans-serif at 12 px is about 6.4 px a character. */
export function legendWidth(entries: readonly LegendEntry[]): number {
  return 50 + 6.4 * Math.max(...entries.map(({ name }) => name.replace(tags, "").length));
}

export function legendSvg(entries: readonly LegendEntry[], left: number, top: number): string {
  return entries
    .map((entry, i) => {
      const y = top + 18 * i;
      const text = `<text x="${left + 32}" y="${y + 4}">${richText(entry.name)}</text>`;
      if ("bar" in entry) return `${patternedBox(left, y - 6, 26, 12, entry.bar)}${text}`;
      const { mode, marker, line } = entry;
      const color = typeof marker?.color === "string" ? marker.color : "#444";
      const stroke = mode === "markers" ? "" : `<path d="M${left},${y}h26" ${dashArray(line)} fill="none"/>`;
      const point =
        mode === "lines"
          ? ""
          : `<path d="${markerPath(marker?.symbol ?? "circle", left + 13, y, marker?.size ?? 6)}" fill="${color}"/>`;
      return `${stroke}${point}${text}`;
    })
    .join("");
}
