import type { BarTrace } from "../FigureParts.ts";

/** A rectangle with its pattern drawn as strokes within it, for viewers without Plotly. */
export function patternedBox(
  left: number,
  top: number,
  width: number,
  height: number,
  { color, pattern, line }: BarTrace["marker"],
): string {
  const fixed = (value: number) => value.toFixed(1);
  const box = `<rect x="${fixed(left)}" y="${fixed(top)}" width="${fixed(width)}" height="${fixed(height)}" fill="${color}" stroke="${line?.color ?? "#222"}" stroke-width="${line?.width ?? 0.5}"/>`;
  const strokes = strokesOf(pattern, left, top, width, height);
  return strokes === "" ? box : `${box}<path d="${strokes}" stroke="${pattern.fgcolor}" fill="none"/>`;
}

/** Strokes cut off at the edges of the box. */
function strokesOf(
  { shape, size = 8 }: BarTrace["marker"]["pattern"],
  left: number,
  top: number,
  width: number,
  height: number,
): string {
  const step = 0.75 * size;
  const right = left + width;
  const bottom = top + height;
  const fixed = (value: number) => value.toFixed(1);
  let path = "";
  const across = shape === "-" || shape === "+";
  const upright = shape === "|" || shape === "+";
  for (let y = top + step / 2; across && y < bottom; y += step)
    path += `M${fixed(left)},${fixed(y)}H${fixed(right)}`;
  for (let x = left + step / 2; upright && x < right; x += step)
    path += `M${fixed(x)},${fixed(top)}V${fixed(bottom)}`;
  if (shape === "/" || shape === "x") {
    for (let sum = step; sum < width + height; sum += step) {
      const [x1, x2] = [Math.max(0, sum - height), Math.min(width, sum)];
      path += `M${fixed(left + x1)},${fixed(top + sum - x1)}L${fixed(left + x2)},${fixed(top + sum - x2)}`;
    }
  }
  if (shape === "\\" || shape === "x") {
    for (let shift = step - height; shift < width; shift += step) {
      const [x1, x2] = [Math.max(0, shift), Math.min(width, shift + height)];
      path += `M${fixed(left + x1)},${fixed(top + x1 - shift)}L${fixed(left + x2)},${fixed(top + x2 - shift)}`;
    }
  }
  if (shape === ".") {
    for (let y = top + step / 2; y < bottom; y += step) {
      for (let x = left + step / 2; x < right - 1; x += step) path += `M${fixed(x)},${fixed(y)}h1.5`;
    }
  }
  return path;
}
