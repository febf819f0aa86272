import { columnOf } from "../read/columnOf.ts";
import { colorOf, type Fields, fields, numberOf } from "../read/fields.ts";
import type { Box, Mark, Pair } from "./Mark.ts";
import type { Trace } from "./Trace.ts";

/** Error bars of a trace's points, along either axis. */
export function errorSegments({ fields: own, x, y, color }: Trace, points: readonly Pair[]): Mark[] {
  return (["x", "y"] as const).flatMap((axis): Mark[] => {
    const bar = fields(own[`error_${axis}`]);
    if (Object.keys(bar).length === 0 || bar.visible === false) return [];
    const along = axis === "x" ? x : y;
    const segments = points.flatMap(([px, py], i): Box[] => {
      const at = axis === "x" ? px : py;
      const value = along.kind === "log" ? 10 ** at : at;
      const [up, down] = reach(bar, i, value);
      if (!(up >= 0 || down >= 0)) return [];
      const scaled = (each: number) => (along.kind === "log" ? Math.log10(Math.max(each, 0)) : each);
      const [from, to] = [scaled(value - (down || 0)), scaled(value + (up || 0))];
      along.include(from);
      along.include(to);
      const start = Number.isFinite(from) ? from : at;
      return [axis === "x" ? [start, py, to, py] : [px, start, px, to]];
    });
    const stroke = colorOf(bar.color) ?? color;
    return [{ type: "segments", segments, color: stroke, width: numberOf(bar.thickness, 1.5) }];
  });
}

/** How far a bar reaches up and down. */
function reach(bar: Fields, i: number, value: number): [number, number] {
  const arrays = bar.type === "data" || columnOf(bar.array).length > 0;
  const isSymmetric = bar.symmetric !== false;
  if (arrays) {
    const up = numberOf(columnOf(bar.array)[i], Number.NaN);
    return [
      up,
      isSymmetric && columnOf(bar.arrayminus).length === 0 ? up : numberOf(columnOf(bar.arrayminus)[i], up),
    ];
  }
  const length = (amount: number) => {
    if (bar.type === "sqrt") return Math.sqrt(Math.abs(value));
    return bar.type === "constant" ? amount : (amount / 100) * Math.abs(value);
  };
  const up = numberOf(bar.value, 10);
  return [length(up), length(numberOf(bar.valueminus, up))];
}
