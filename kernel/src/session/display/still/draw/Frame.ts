import type { Axis } from "../axes/Axis.ts";
import { axisId, domainOf } from "../axes/axesOf.ts";
import { overOf } from "../axes/ticks.ts";
import type { Fields } from "../read/fields.ts";
import { numberOf, textOf } from "../read/fields.ts";
import { linesOf, textWidth } from "./richText.ts";

/** Pixels of the picture, and of the part of it that has the plots. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Where a label of an x axis needs more room than there is beside it, it is turned. */
export function isTurned(axis: Axis, pixels: number): boolean {
  const { ticks } = axis;
  const widest = Math.max(...ticks.map(({ label }) => textWidth(label)), 0);
  return ticks.length > 1 && (widest + 8) * ticks.length > pixels;
}

/** So much room on each side as what stands there needs. */
export function frameOf(layout: Fields, axes: readonly Axis[], title: string, beside: number): Frame {
  const width = clamp(numberOf(layout.width, 700), 200, 2000);
  const height = clamp(numberOf(layout.height, 450), 150, 2000);
  const room = { left: 24, right: 24, bottom: 24 };
  for (const axis of axes) {
    if (axis.layout.visible === false) continue;
    const hasLabels = axis.layout.showticklabels !== false;
    const labels = hasLabels ? Math.max(...axis.ticks.map(({ label }) => textWidth(label)), 0) : 0;
    const name = axis.title === "" ? 0 : 4 + 18 * linesOf(axis.title).length;
    if (axis.id.startsWith("y")) {
      const needed = Math.min(labels, 0.3 * width) + 14 + name;
      const side = sideOf(axis);
      room[side] = Math.max(room[side], needed);
    } else {
      const [from, to] = domainOf(axis.id, layout);
      const turned = isTurned(axis, (to - from) * (width - 150 - beside));
      const tall = turned ? Math.min(0.7 * labels, 120) + 10 : labels > 0 ? 18 : 0;
      room.bottom = Math.max(room.bottom, tall + 8 + name);
    }
  }
  const top = 26 + (title === "" ? 0 : 6 + 20 * linesOf(title).length);
  return {
    width,
    height,
    left: room.left,
    right: Math.max(width - room.right - beside, room.left + 60),
    top,
    bottom: Math.max(height - room.bottom, top + 60),
  };
}

export function sideOf(axis: Axis): "left" | "right" {
  return axis.layout.side === "right" || (axis.layout.side === undefined && isOver(axis)) ? "right" : "left";
}

export const isOver = ({ id, layout }: Axis) => overOf(id, layout) !== undefined;

/** Pixels from where to where an axis lies; an upright one from below. */
export function spanOf(
  id: string,
  layout: Fields,
  { left, right, top, bottom }: Frame,
): readonly [number, number] {
  const [from, to] = domainOf(id, layout);
  return id.startsWith("x")
    ? [left + from * (right - left), left + to * (right - left)]
    : [bottom - from * (bottom - top), bottom - to * (bottom - top)];
}

/** From an axis' units to pixels. */
export function scaleOn(axis: Axis, [start, end]: readonly [number, number]): (at: number) => number {
  const [low, high] = axis.range;
  return (at) => start + ((at - low) / (high - low)) * (end - start);
}

/** The axis that one stands on, as its layout or else the plots say. */
export function anchorOf(axis: Axis, pairs: readonly (readonly [Axis, Axis])[]): string {
  const letter = axis.id.startsWith("x") ? "y" : "x";
  const own = textOf(axis.layout.anchor);
  if (own && own !== "free" && pairs.some((pair) => pair.some(({ id }) => id === own)))
    return axisId(own, letter);
  const pair = pairs.find((each) => each.includes(axis));
  return (letter === "y" ? pair?.[1] : pair?.[0])?.id ?? letter;
}
