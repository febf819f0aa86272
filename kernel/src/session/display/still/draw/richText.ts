import { escapeHtml } from "../../escapeHtml.ts";

const tags = /<[^<>]{0,200}>/g;
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  mu: "μ",
  times: "×",
};

const plain = (text: string) =>
  text.replace(tags, "").replace(/&(\w{2,5});/g, (whole, name: string) => entities[name] ?? whole);

/** A text's lines, without Plotly's tags. */
export function linesOf(text: string): string[] {
  return text.slice(0, 2000).split(/<br\s*\/?>|\n/i);
}

/** Pixels of its longest line: sans-serif at 12 px is about 6.6 px a character. */
export function textWidth(text: string, size = 12): number {
  return Math.max(...linesOf(text).map((line) => plain(line).length)) * 0.55 * size;
}

/** One line in which <sup> and <sub> are raised and lowered, <b> and <i> are kept, and no other tag is. */
export function richText(line: string): string {
  return line
    .split(/(<su[pb]>[^<>]*<\/su[pb]>|<(?:b|i|em|strong)>[^<>]*<\/(?:b|i|em|strong)>)/)
    .map((part) => {
      const inner = escapeHtml(plain(part));
      if (/^<su[pb]>/.test(part)) {
        const down = part.startsWith("<sup>") ? -5 : 4;
        return `<tspan dy="${down}" font-size="9">${inner}</tspan><tspan dy="${-down}">&#8203;</tspan>`;
      }
      if (/^<(b|strong)>/.test(part)) return `<tspan font-weight="bold">${inner}</tspan>`;
      return /^<(i|em)>/.test(part) ? `<tspan font-style="italic">${inner}</tspan>` : inner;
    })
    .join("");
}

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly color?: string;
  /** Turned around its place, in degrees. */
  readonly turn?: number;
}

/** A text of one or more lines, the first of them at the place. */
export function textSvg(text: string, { x, y, anchor = "start", size = 12, color, turn }: TextPlace): string {
  const [px, py] = [x.toFixed(1), y.toFixed(1)];
  const look = `text-anchor="${anchor}" font-size="${size}"${color ? ` fill="${escapeHtml(color)}"` : ""}`;
  const place = turn ? `transform="translate(${px},${py}) rotate(${turn})"` : `x="${px}" y="${py}"`;
  const lines = linesOf(text);
  if (lines.length === 1) return `<text ${place} ${look}>${richText(lines[0] as string)}</text>`;
  const spans = lines.map(
    (line, i) => `<tspan x="${turn ? 0 : px}" dy="${i === 0 ? 0 : 1.25 * size}">${richText(line)}</tspan>`,
  );
  return `<text ${place} ${look}>${spans.join("")}</text>`;
}
