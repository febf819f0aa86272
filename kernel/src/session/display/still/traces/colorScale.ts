import { columnOf } from "../read/columnOf.ts";
import { colorOf, near } from "../read/fields.ts";

type Rgb = readonly [number, number, number];

/** The ends and a few places between of Plotly's scales, evenly spaced. */
const named: Readonly<Record<string, string>> = {
  viridis: "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725",
  plasma: "0d0887 46039f 7201a8 9c179e bd3786 d8576b ed7953 fb9f3a fdca26 f0f921",
  inferno: "000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4",
  magma: "000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf",
  cividis: "00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838",
  turbo:
    "30123b 4145ab 4675ed 39a2fc 1bcfd4 24eca6 61fc6c a4fc3b d1e834 f3c63a fe9b2d f36315 d93806 b11901 7a0402",
  rdbu: "05338c 3268a8 6a9fd0 b1cfe8 dcdcdc f5c39d dc8a66 c4493e b20a1c",
  bluered: "0000ff ff0000",
  reds: "dcdcdc f5c39d b20a1c",
  blues: "050aac 5a82d2 a0bee6 dcdcdc",
  greens: "00441b 238b45 74c476 c7e9c0 f7fcf5",
  greys: "000000 ffffff",
  ylgnbu: "081d58 225ea8 41b6c4 c7e9b4 ffffd9",
  ylorrd: "800026 e31a1c fd8d3c fed976 ffffcc",
  hot: "000000 e60000 ffd200 ffffff",
  jet: "000083 003caa 05ffff ffff00 fa0000 800000",
  portland: "0c3383 0a88ba f2d338 f28f38 d91e1e",
  electric: "000000 1e0064 780064 a05a00 e6c800 fffadc",
};

/** A colour for each number. */
export type ColorScale = (value: number) => string;

/** The colours of a trace's numbers: from the least to the greatest, or as it says itself. */
export function colorScale(scale: unknown, low: number, high: number, isReversed: boolean): ColorScale {
  const stops =
    stopsOf(scale) ?? (stopsOf(low < 0 ? (high > 0 ? "rdbu" : "blues") : "reds") as [number, Rgb][]);
  const start = near(low);
  const span = near(high) - start || 1;
  // Eyes tell no more apart, and neighbours of one colour are drawn as one.
  const shades = new Array<string | undefined>(256);
  return (value) => {
    if (!Number.isFinite(value)) return "none";
    const share = Math.min(Math.max((near(value) - start) / span, 0), 1);
    const shade = Math.round(255 * (isReversed ? 1 - share : share));
    shades[shade] ??= mix(stops, shade / 255);
    return shades[shade];
  };
}

function stopsOf(scale: unknown): [number, Rgb][] | undefined {
  if (typeof scale === "string") {
    const [, name = "", reversed] = /^(.*?)(_r)?$/i.exec(scale.toLowerCase()) ?? [];
    const colors = named[name]?.split(" ").map((hex) => rgbOf(`#${hex}`) as Rgb);
    if (!colors) return undefined;
    if (reversed) colors.reverse();
    return colors.map((rgb, i) => [i / (colors.length - 1), rgb]);
  }
  const stops = columnOf(scale).flatMap((stop, i, all): [number, Rgb][] => {
    const [at, color] = typeof stop === "string" ? [i / (all.length - 1 || 1), stop] : columnOf(stop);
    const rgb = rgbOf(color);
    return rgb && typeof at === "number" ? [[at, rgb]] : [];
  });
  return stops.length > 0 ? stops : undefined;
}

/** Names of colours are not known here. */
function rgbOf(color: unknown): Rgb | undefined {
  const text = colorOf(color)?.trim() ?? "";
  const hex = /^#(?:([\da-f]{6})|([\da-f]{3}))/i.exec(text);
  if (hex) {
    const full = hex[1] ?? [...(hex[2] as string)].map((digit) => digit + digit).join("");
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)/i.exec(text);
  return parts ? (parts.slice(1, 4).map(Number) as unknown as Rgb) : undefined;
}

function mix(stops: readonly [number, Rgb][], share: number): string {
  const after = stops.findIndex(([at]) => at >= share);
  const [to, end] = stops[after === -1 ? stops.length - 1 : after] as [number, Rgb];
  const [from, start] = stops[Math.max((after === -1 ? stops.length : after) - 1, 0)] as [number, Rgb];
  const part = to > from ? (share - from) / (to - from) : 0;
  const hex = start.map((each, i) =>
    Math.min(Math.max(Math.round(each + part * ((end[i] as number) - each)), 0), 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}
