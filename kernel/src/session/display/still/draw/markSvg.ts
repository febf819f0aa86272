import { escapeHtml } from "../../escapeHtml.ts";
import type { Mark, Pair } from "../traces/Mark.ts";
import { textSvg } from "./richText.ts";
import { symbolPath } from "./symbolPath.ts";

/** From the units of the axes to pixels. */
export interface Plane {
  x(at: number): number;
  y(at: number): number;
  readonly left: number;
  readonly bottom: number;
}

/** A picture is no place for more. */
const mostPoints = 3000;
const mostBoxes = 30_000;

const dashes: Readonly<Record<string, string>> = {
  dash: "8 4",
  dot: "2 4",
  dashdot: "8 4 2 4",
  longdash: "14 5",
  longdashdot: "14 5 2 5",
};

export function dashOf(dash: string | undefined): string {
  const pattern =
    dashes[dash ?? ""] ?? (/^[\d.,\s]+(px)?$/.test(dash ?? "") ? dash?.replaceAll("px", "") : undefined);
  return pattern ? ` stroke-dasharray="${pattern}"` : "";
}

/** A mark as SVG. */
export function markSvg(mark: Mark, plane: Plane): string {
  const color = (i: number) =>
    escapeHtml(typeof mark.color === "string" ? mark.color : (mark.color[i] ?? "none"));
  const opacity = (name: string) =>
    mark.opacity !== undefined && mark.opacity < 1 ? ` ${name}="${mark.opacity}"` : "";
  switch (mark.type) {
    case "line": {
      const look = `fill="none" stroke="${color(0)}" stroke-width="${mark.width}"${dashOf(mark.dash)}`;
      return path(linePath(mark.points, plane), `${look}${opacity("stroke-opacity")}`);
    }
    case "area": {
      const d = linePath(mark.points, plane);
      return d === "" ? "" : path(`${d}Z`, `fill="${color(0)}" stroke="none"${opacity("fill-opacity")}`);
    }
    case "points":
      return pointsSvg(mark, plane, color, opacity("opacity"));
    case "boxes":
      return boxesSvg(mark, plane, color, opacity("fill-opacity"));
    case "segments": {
      const d = mark.segments.slice(0, mostBoxes).map(([x0, y0, x1, y1]) => {
        const places = [plane.x(x0), plane.y(y0), plane.x(x1), plane.y(y1)];
        const [a, b, c, e] = places.map((each) => each.toFixed(1));
        return places.every(Number.isFinite) ? `M${a},${b}L${c},${e}` : "";
      });
      return path(d.join(""), `fill="none" stroke="${color(0)}" stroke-width="${mark.width}"`);
    }
    case "texts":
      return mark.texts
        .map(([x, y, text]) => {
          const place = { x: plane.x(x), y: plane.y(y) + (mark.place === "above" ? -7 : 4) };
          if (text === "" || !Number.isFinite(place.x) || !Number.isFinite(place.y)) return "";
          return textSvg(text, { ...place, anchor: "middle", size: 11, color: color(0) });
        })
        .join("");
  }
}

const path = (d: string, look: string) => (d === "" ? "" : `<path d="${d}" ${look}/>`);

/** Moves where something lies between that does not, and as many points as columns of pixels show. */
function linePath(points: readonly Pair[], plane: Plane): string {
  let d = "";
  let isDown = false;
  for (const [x, y] of thinned(points, plane)) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      isDown = false;
      continue;
    }
    d += `${isDown ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`;
    isDown = true;
  }
  return d;
}

function thinned(points: readonly Pair[], plane: Plane): readonly Pair[] {
  const pixels = points.map(([x, y]): Pair => [plane.x(x), plane.y(y)]);
  if (pixels.length <= mostPoints) return pixels;
  // Of each piece its first, lowest, highest and last point.
  const piece = Math.ceil(pixels.length / (mostPoints / 4));
  const kept: Pair[] = [];
  for (let from = 0; from < pixels.length; from += piece) {
    const end = Math.min(from + piece, pixels.length);
    let [low, high] = [from, from];
    let gap = -1;
    for (let i = from; i < end; i++) {
      const [, y] = pixels[i] as Pair;
      if (!Number.isFinite(y)) gap = i;
      if (!(y >= (pixels[low] as Pair)[1])) low = i;
      if (!(y <= (pixels[high] as Pair)[1])) high = i;
    }
    const at = [from, low, high, end - 1, ...(gap === -1 ? [] : [gap])];
    for (const i of [...new Set(at)].sort((p, q) => p - q)) kept.push(pixels[i] as Pair);
  }
  return kept;
}

function pointsSvg(
  { points, size, symbol, color: colors }: Extract<Mark, { type: "points" }>,
  plane: Plane,
  color: (i: number) => string,
  opacity: string,
): string {
  const every = Math.ceil(points.length / mostPoints);
  const isOpen = symbol.includes("-open");
  const look = (i: number) => (isOpen ? `fill="none" stroke="${color(i)}"` : `fill="${color(i)}"`);
  const groups = new Map<string, string>();
  const drawn = new Set<string>();
  for (let i = 0; i < points.length; i += every) {
    const [x, y] = points[i] as Pair;
    const [px, py] = [plane.x(x), plane.y(y)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    const d = symbolPath(symbol, px, py, typeof size === "number" ? size : (size[i] ?? 6));
    const key = look(typeof colors === "string" ? 0 : i);
    if (drawn.has(key + d)) continue;
    drawn.add(key + d);
    groups.set(key, (groups.get(key) ?? "") + d);
  }
  return [...groups].map(([key, d]) => path(d, `${key}${opacity}`)).join("");
}

function boxesSvg(
  { boxes, outline }: Extract<Mark, { type: "boxes" }>,
  plane: Plane,
  color: (i: number) => string,
  opacity: string,
): string {
  const groups = new Map<string, string>();
  for (let i = 0; i < Math.min(boxes.length, mostBoxes); i++) {
    const [x0, y0, x1, y1] = boxes[i] as [number, number, number, number];
    const corners = [
      edge(plane.x(x0), plane.left),
      edge(plane.y(y0), plane.bottom),
      plane.x(x1),
      plane.y(y1),
    ];
    if (!corners.every(Number.isFinite)) continue;
    const [a, b, c, e] = corners.map((each) => each.toFixed(1));
    groups.set(color(i), `${groups.get(color(i)) ?? ""}M${a},${b}H${c}V${e}H${a}Z`);
  }
  // Cells that touch show no seam.
  const crisp = groups.size > 1 ? ' shape-rendering="crispEdges"' : "";
  const stroke = outline ? ` stroke="${escapeHtml(outline)}"` : crisp;
  return [...groups].map(([fill, d]) => path(d, `fill="${fill}"${stroke}${opacity}`)).join("");
}

const edge = (place: number, otherwise: number) => (Number.isFinite(place) ? place : otherwise);
