// Okabe & Ito 2008, "Color Universal Design": told apart with any colour vision. Yellow is left out
// because it vanishes on white.
const colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"] as const;
const symbols = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "triangle-down",
  "cross",
  "x",
  "star",
  "pentagon",
] as const;
const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;

export interface SeriesStyle {
  readonly color: string;
  readonly symbol: string;
  readonly dash: string;
}

/** Colour, marker and dash of the i-th series; the three cycle with different periods, so no two look alike. */
export function seriesStyle(i: number): SeriesStyle {
  return {
    color: colors[i % colors.length]!,
    symbol: symbols[i % symbols.length]!,
    dash: dashes[i % dashes.length]!,
  };
}
