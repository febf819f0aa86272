import { escapeHtml } from "../../escapeHtml.ts";
import type { Axis } from "../axes/Axis.ts";
import { colorOf, type Fields, fields } from "../read/fields.ts";
import { anchorOf, type Frame, isOver, isTurned, scaleOn, sideOf, spanOf } from "./Frame.ts";
import { linesOf, textSvg, textWidth } from "./richText.ts";

type Pairs = readonly (readonly [Axis, Axis])[];

/** The ground of each plot, with its lines. */
export function groundSvg(pairs: Pairs, layout: Fields, frame: Frame): string {
  const template = fields(fields(layout.template).layout);
  const paper = colorOf(layout.plot_bgcolor ?? template.plot_bgcolor) ?? "#fff";
  return pairs
    .map(([x, y]) => {
      if (isOver(x) || isOver(y)) return "";
      const [left, right] = spanOf(x.id, layout, frame);
      const [bottom, top] = spanOf(y.id, layout, frame);
      const box = `M${left.toFixed(1)},${top.toFixed(1)}H${right.toFixed(1)}V${bottom.toFixed(1)}H${left.toFixed(1)}Z`;
      const ground = `<path d="${box}" fill="${escapeHtml(paper)}"/>`;
      return `${ground}${lines(x, scaleOn(x, [left, right]), top, bottom)}${lines(y, scaleOn(y, [bottom, top]), left, right)}`;
    })
    .join("");
}

/** Lines across the plot at an axis' ticks. */
function lines(axis: Axis, place: (at: number) => number, from: number, to: number): string {
  const { layout } = axis;
  if (layout.visible === false || layout.showgrid === false || axis.kind === "category") return "";
  const isX = axis.id.startsWith("x");
  const path = (at: number) => {
    const [p, a, b] = [place(at), from, to].map((each) => each.toFixed(1));
    return isX ? `M${p},${a}V${b}` : `M${a},${p}H${b}`;
  };
  const color = escapeHtml(colorOf(layout.gridcolor) ?? "#e5e5e5");
  const grid = axis.ticks.map(({ at }) => path(at)).join("");
  const [low, high] = [...axis.range].sort((p, q) => p - q) as [number, number];
  const hasZero = axis.kind === "linear" && layout.zeroline !== false && low < 0 && high > 0;
  const zero = hasZero ? `<path d="${path(0)}" stroke="#999" fill="none"/>` : "";
  return `${grid === "" ? "" : `<path d="${grid}" stroke="${color}" fill="none"/>`}${zero}`;
}

/** Lines, labels and titles of all axes. */
export function axesSvg(axes: readonly Axis[], pairs: Pairs, layout: Fields, frame: Frame): string {
  return axes
    .filter((axis) => axis.layout.visible !== false)
    .map((axis) => {
      const span = spanOf(axis.id, layout, frame);
      const other = spanOf(anchorOf(axis, pairs), layout, frame);
      return axis.id.startsWith("x") ? lying(axis, span, other) : standing(axis, span, other);
    })
    .join("");
}

type Span = readonly [number, number];

function lying(axis: Axis, [left, right]: Span, [bottom, top]: Span): string {
  const isTop = axis.layout.side === "top";
  const y = isTop ? top : bottom;
  const place = scaleOn(axis, [left, right]);
  const turn = isTurned(axis, right - left) && !isTop;
  const { ticks } = axis;
  const hasLabels = axis.layout.showticklabels !== false;
  const tall = !hasLabels ? 0 : turn ? Math.min(0.7 * widest(axis), 120) + 10 : 18;
  const labels = hasLabels
    ? ticks.map(({ at, label }) =>
        turn
          ? textSvg(cut(label, 170), { x: place(at) + 4, y: y + 14, anchor: "end", size: 11, turn: -40 })
          : textSvg(label, { x: place(at), y: isTop ? y - 8 : y + 17, anchor: "middle" }),
      )
    : [];
  const title = {
    x: (left + right) / 2,
    y: isTop ? y - tall - 8 : y + tall + 18,
    anchor: "middle",
    size: 13,
  } as const;
  return [line(left, y, right, y), ...labels, axis.title === "" ? "" : textSvg(axis.title, title)].join("");
}

function standing(axis: Axis, [bottom, top]: Span, [left, right]: Span): string {
  const isRight = sideOf(axis) === "right";
  const x = isRight ? right : left;
  const place = scaleOn(axis, [bottom, top]);
  const hasLabels = axis.layout.showticklabels !== false;
  const room = Math.max(140, right - left) * 0.5;
  const labels = hasLabels
    ? axis.ticks.map(({ at, label }) =>
        textSvg(cut(label, room), {
          x: isRight ? x + 7 : x - 7,
          y: place(at) + 4,
          anchor: isRight ? "start" : "end",
        }),
      )
    : [];
  const wide = hasLabels ? Math.min(widest(axis), room) : 0;
  const beside = wide + 16 + 16 * (linesOf(axis.title).length - 1);
  const title = {
    x: isRight ? x + beside + 10 : x - beside,
    y: (bottom + top) / 2,
    anchor: "middle",
    size: 13,
  } as const;
  const name = axis.title === "" ? "" : textSvg(axis.title, { ...title, turn: -90 });
  return [line(x, bottom, x, top), ...labels, name].join("");
}

const widest = ({ ticks }: Axis) => Math.max(...ticks.map(({ label }) => textWidth(label)), 0);

function cut(label: string, pixels: number): string {
  if (textWidth(label) <= pixels) return label;
  return `${label.replace(/<[^<>]*>/g, "").slice(0, Math.max(Math.floor(pixels / 6.6) - 1, 3))}…`;
}

function line(x0: number, y0: number, x1: number, y1: number): string {
  const [a, b, c, d] = [x0, y0, x1, y1].map((each) => each.toFixed(1));
  return `<path d="M${a},${b}L${c},${d}" stroke="#444" fill="none"/>`;
}
