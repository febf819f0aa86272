import type { ScatterTrace } from "../FigureParts.ts";

// Plotly's dash names, drawn at a width of two pixels.
const patterns: Record<string, string> = {
  dash: "8 4",
  dot: "2 4",
  dashdot: "8 4 2 4",
  longdash: "14 5",
  longdashdot: "14 5 2 5",
};

/** Stroke attributes of a line's colour, width and dash. */
export function dashArray(line: ScatterTrace["line"]): string {
  const pattern = patterns[line?.dash ?? "solid"];
  const dash = pattern ? ` stroke-dasharray="${pattern}"` : "";
  return `stroke="${line?.color ?? "#444"}" stroke-width="${line?.width ?? 2}"${dash}`;
}
