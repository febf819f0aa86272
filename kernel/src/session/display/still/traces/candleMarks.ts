import { columnOf } from "../read/columnOf.ts";
import { colorOf, fields } from "../read/fields.ts";
import type { Box, Mark } from "./Mark.ts";
import { columnsXY } from "./scatterMarks.ts";
import type { Trace } from "./Trace.ts";

/** Prices: from the least to the greatest, with the first and the last of each time. */
export function candleMarks({ type, fields: own, x, y }: Trace): Mark[] {
  const [open, high, low, close] = [own.open, own.high, own.low, own.close].map((each) =>
    columnOf(each).map(y.coordinate),
  ) as [number[], number[], number[], number[]];
  const [given] = columnsXY({ x: own.x, y: own.close });
  const at = given.map(x.coordinate);
  const unit = at.length > 1 ? Math.abs((at[1] as number) - (at[0] as number)) : 1;
  const marks = ["increasing", "decreasing"].flatMap((direction): Mark[] => {
    const fallback = direction === "increasing" ? "#3D9970" : "#FF4136";
    const color = colorOf(fields(fields(own[direction]).line).color) ?? fallback;
    const segments: Box[] = [];
    const boxes: Box[] = [];
    for (const [i, place] of at.entries()) {
      const [from, to] = [open[i], close[i]] as [number, number];
      if (to >= from !== (direction === "increasing")) continue;
      segments.push([place, low[i] ?? from, place, high[i] ?? to]);
      const [left, right] = [place - 0.3 * unit, place + 0.3 * unit];
      if (type === "ohlc") segments.push([left, from, place, from], [place, to, right, to]);
      else boxes.push([left, from, right, to]);
    }
    return [
      { type: "segments", segments, color, width: 1.5 },
      { type: "boxes", boxes, color, opacity: 0.6, outline: color },
    ];
  });
  for (const each of at) {
    x.include(each - unit / 2);
    x.include(each + unit / 2);
  }
  for (const each of [...low, ...high]) y.include(each);
  return marks;
}
