import { escapeHtml } from "../../escapeHtml.ts";
import type { Axis } from "../axes/Axis.ts";
import { columnOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf, textOf } from "../read/fields.ts";
import { type Frame, scaleOn, spanOf } from "./Frame.ts";
import { dashOf } from "./markSvg.ts";
import { linesOf, textSvg } from "./richText.ts";

const most = 100;

/** Where a place lies that is said on an axis, or as a share of the paper or of an axis. */
function placer(axes: ReadonlyMap<string, Axis>, layout: Fields, frame: Frame) {
  return (value: unknown, ref: unknown, letter: "x" | "y"): number => {
    const [id = "", domain] = (textOf(ref) ?? letter).split(" ");
    const axis = axes.get(id);
    if (axis && !domain) return scaleOn(axis, spanOf(id, layout, frame))(axis.coordinate(value));
    const paper = letter === "x" ? [frame.left, frame.right] : [frame.bottom, frame.top];
    const [start, end] = (domain ? spanOf(id, layout, frame) : paper) as [number, number];
    return start + numberOf(value, Number.NaN) * (end - start);
  };
}

/** Lines, boxes and circles that a layout draws itself. */
export function shapesSvg(axes: ReadonlyMap<string, Axis>, layout: Fields, frame: Frame): string {
  const place = placer(axes, layout, frame);
  return columnOf(layout.shapes)
    .slice(0, most)
    .map((each) => {
      const shape = fields(each);
      const places = [
        place(shape.x0, shape.xref, "x"),
        place(shape.y0, shape.yref, "y"),
        place(shape.x1, shape.xref, "x"),
        place(shape.y1, shape.yref, "y"),
      ] as const;
      if (!places.every(Number.isFinite) || shape.visible === false) return "";
      const [a, b, c, d] = places.map((value) => value.toFixed(1));
      const line = fields(shape.line);
      const stroke = `stroke="${escapeHtml(colorOf(line.color) ?? "#444")}" stroke-width="${numberOf(line.width, 2)}"${dashOf(textOf(line.dash))}`;
      const look = `fill="${escapeHtml(colorOf(shape.fillcolor) ?? "none")}" opacity="${numberOf(shape.opacity, 1)}" ${stroke}`;
      if (shape.type === "line") return `<path d="M${a},${b}L${c},${d}" ${look}/>`;
      if (shape.type === "rect") return `<path d="M${a},${b}H${c}V${d}H${a}Z" ${look}/>`;
      if (shape.type !== "circle") return "";
      const [cx, cy, rx, ry] = [
        (places[0] + places[2]) / 2,
        (places[1] + places[3]) / 2,
        Math.abs(places[2] - places[0]) / 2,
        Math.abs(places[3] - places[1]) / 2,
      ].map((value) => value.toFixed(1));
      return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" ${look}/>`;
    })
    .join("");
}

/** Texts that a layout puts somewhere, with a line to what they are about. */
export function annotationsSvg(axes: ReadonlyMap<string, Axis>, layout: Fields, frame: Frame): string {
  const place = placer(axes, layout, frame);
  return columnOf(layout.annotations)
    .slice(0, most)
    .map((each) => {
      const note = fields(each);
      const text = textOf(note.text);
      const [x, y] = [place(note.x, note.xref, "x"), place(note.y, note.yref, "y")];
      if (!text || !Number.isFinite(x) || !Number.isFinite(y) || note.visible === false) return "";
      const font = fields(note.font);
      const size = Math.min(numberOf(font.size, 12), 40);
      const look = { size, color: colorOf(font.color) ?? "#222" };
      if (note.showarrow === false)
        return textSvg(text, { x, y: y + lift(note, size, text), ...look, anchor: anchorOf(note) });
      const [tx, ty] = [x + numberOf(note.ax, -10), y + numberOf(note.ay, -30)];
      const [a, b, c, d] = [x, y, tx, ty].map((value) => value.toFixed(1));
      const arrow = `<path d="M${a},${b}L${c},${d}" stroke="${escapeHtml(colorOf(note.arrowcolor) ?? "#444")}" fill="none"/>`;
      return arrow + textSvg(text, { x: tx, y: ty - 4, ...look, anchor: "middle" });
    })
    .join("");
}

function anchorOf({ xanchor, x }: Fields): "start" | "middle" | "end" {
  if (xanchor === "left") return "start";
  if (xanchor === "right") return "end";
  return xanchor === undefined && typeof x === "number" && (x <= 0 || x >= 1)
    ? x <= 0
      ? "start"
      : "end"
    : "middle";
}

/** From where a text's place is to its first line. */
function lift({ yanchor }: Fields, size: number, text: string): number {
  const more = (linesOf(text).length - 1) * 1.25 * size;
  if (yanchor === "bottom") return -4 - more;
  return yanchor === "top" ? size : size / 3 - more / 2;
}
