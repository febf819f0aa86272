import type { BarTrace, Trace } from "../FigureParts.ts";
import type { AxisScale } from "./AxisScale.ts";
import { patternedBox } from "./patternedBox.ts";

/** Where the bars of a trace end, on top of those of the bars before it at the same place. */
export function stackedEnds(trace: BarTrace, before: readonly Trace[]): number[] {
  return trace.x.map((at, i) => below(at, before) + trace.y[i]!);
}

/** Bars a unit apart, four fifths of it wide, each on top of the ones before. */
export function barSvg(trace: BarTrace, x: AxisScale, y: AxisScale, before: readonly Trace[]): string {
  const ends = stackedEnds(trace, before);
  return trace.x
    .map((at, i) => {
      const [left, right] = [x.at(at - 0.4), x.at(at + 0.4)];
      const [top, bottom] = [y.at(ends[i]!), y.at(ends[i]! - trace.y[i]!)];
      if (!(bottom - top > 0.05) || !(right > left)) return "";
      return patternedBox(left, top, right - left, bottom - top, trace.marker);
    })
    .join("");
}

function below(at: number, before: readonly Trace[]): number {
  let sum = 0;
  for (const trace of before) {
    if (trace.type !== "bar") continue;
    trace.x.forEach((place, i) => {
      if (place === at) sum += trace.y[i]!;
    });
  }
  return sum;
}
