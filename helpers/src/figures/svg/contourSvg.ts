import { formatNumber } from "../../format/formatNumber.ts";
import type { ContourTrace } from "../FigureParts.ts";
import type { AxisScale } from "./AxisScale.ts";
import { contourLines } from "./contourLines.ts";
import { viridis } from "./viridis.ts";

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A surface as labelled contour lines, or as a heat map's cells with their values. */
export function contourSvg(trace: ContourTrace, x: AxisScale, y: AxisScale, area: Area): string {
  const px = trace.x.map(x.at);
  const py = trace.y.map(y.at);
  const [low, high] = extent(trace.z);
  const share = (value: number) => (value - low) / (high - low || 1);
  if (trace.type === "heatmap") return heatmapSvg(trace, px, py, share);
  return levels(trace, low, high)
    .map((level) => {
      const lines = contourLines(px, py, trace.z, level);
      if (lines.length === 0) return "";
      const d = lines
        .map((line) => `M${line.map(([u, v]) => `${u.toFixed(1)},${v.toFixed(1)}`).join("L")}`)
        .join("");
      // Dark half of the scale only: a yellow line on white is no line.
      const stroke = viridis(0.75 * share(level));
      const path = `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="1.2"/>`;
      return trace.contours?.showlabels ? path + labelSvg(lines, level, area) : path;
    })
    .join("");
}

function extent(z: readonly (readonly number[])[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of z) {
    for (const value of row) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

function levels({ contours }: ContourTrace, low: number, high: number): number[] {
  const start = contours?.start ?? low;
  const end = contours?.end ?? high;
  const size = contours?.size ?? (end - start) / 10;
  if (!(size > 0)) return [];
  return Array.from({ length: Math.floor((end - start) / size + 1e-9) + 1 }, (_, i) => start + i * size);
}

function labelSvg(lines: ReturnType<typeof contourLines>, level: number, area: Area): string {
  const longest = lines.reduce((best, line) => (line.length > best.length ? line : best));
  const inside = longest.filter(
    ([u, v]) => u > area.left + 20 && u < area.right - 20 && v > area.top + 10 && v < area.bottom - 10,
  );
  const spot = inside[Math.floor(inside.length / 2)];
  if (!spot) return "";
  const at = `x="${spot[0].toFixed(1)}" y="${(spot[1] + 4).toFixed(1)}"`;
  return `<text ${at} text-anchor="middle" font-size="10" stroke="#fff" stroke-width="3" paint-order="stroke">${formatNumber(level)}</text>`;
}

function heatmapSvg(
  { z }: ContourTrace,
  px: readonly number[],
  py: readonly number[],
  share: (value: number) => number,
): string {
  const columns = borders(px);
  const rows = borders(py);
  return z
    .flatMap((row, j) =>
      row.map((value, i) => {
        if (!Number.isFinite(value)) return "";
        const [left, right] = [columns[i]!, columns[i + 1]!].sort((p, q) => p - q) as [number, number];
        const [top, bottom] = [rows[j]!, rows[j + 1]!].sort((p, q) => p - q) as [number, number];
        const box = `x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${(right - left).toFixed(1)}" height="${(bottom - top).toFixed(1)}"`;
        const cell = `<rect ${box} fill="${viridis(share(value))}"/>`;
        // The number itself where it fits, so that the cell reads without its colour.
        if (right - left < 34 || bottom - top < 14) return cell;
        const ink = share(value) > 0.6 ? "#000" : "#fff";
        const at = `x="${((left + right) / 2).toFixed(1)}" y="${((top + bottom) / 2 + 4).toFixed(1)}"`;
        return `${cell}<text ${at} text-anchor="middle" font-size="10" fill="${ink}">${formatNumber(value, 3)}</text>`;
      }),
    )
    .join("");
}

/** Cell borders half-way between the centres, the outer ones as far out as the next is in. */
function borders(centres: readonly number[]): number[] {
  const n = centres.length;
  if (n === 1) return [centres[0]! - 20, centres[0]! + 20];
  const between = centres.slice(1).map((centre, i) => (centre + centres[i]!) / 2);
  return [2 * centres[0]! - between[0]!, ...between, 2 * centres[n - 1]! - between[n - 2]!];
}
