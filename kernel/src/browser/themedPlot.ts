import { isDark } from "./theme.ts";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's partial bundles come without types.
type Layout = Record<string, any>;

interface Plot {
  data: unknown[];
  layout: Layout;
}

/** The plot in the colours and type of the page, fitted to its width. Colours of the data stay, save black in the dark. */
export function themedPlot({ data, layout }: { data: unknown[]; layout: object }, width: number): Plot {
  const dark = isDark();
  const ink = dark ? "#d9dce1" : "#23262b";
  const faint = dark ? "#33373e" : "#e7e7e3";
  const line = dark ? "#6c727b" : "#8b8d91";
  const style = getComputedStyle(document.body);
  const narrow = width < 560;
  const themed: Layout = {
    ...layout,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: {
      ...(layout as Plot["layout"]).font,
      family: style.getPropertyValue("--sans"),
      size: 13,
      color: ink,
    },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: ink },
    autosize: true,
  };
  delete themed.width;
  for (const key of Object.keys(themed).filter((name) => /^[xy]axis\d*$/.test(name))) {
    themed[key] = {
      ...logTicks(themed[key], data, key),
      automargin: true,
      ...themed[key],
      gridcolor: faint,
      linecolor: line,
      tickcolor: line,
      zerolinecolor: line,
    };
  }
  if (narrow) {
    // At the figure's foot: a share of the plot's height beneath the axis would be less than its title where names are many.
    const foot = { yref: "container", y: 0, yanchor: "bottom" };
    themed.legend = { ...themed.legend, orientation: "h", x: 0, xanchor: "left", ...foot };
    themed.margin = { ...themed.margin, l: 50, r: 10 };
  }
  return { data: dark ? lighten(data, ink) : data, layout: themed };
}

/**
 * Labels of a log axis: powers of ten over many decades, 1, 2 and 5 over few. Plotly's own choice writes every digit,
 * and over three decades they run into each other.
 */
function logTicks(axis: Layout, data: unknown[], key: string): Layout {
  if (axis?.type !== "log" || axis.dtick !== undefined || axis.tickvals) return {};
  const letter = key[0] as "x" | "y";
  const values = (data as Layout[])
    .filter((trace) => (trace[`${letter}axis`] ?? letter) === key.replace("axis", ""))
    .flatMap((trace) => trace[letter] ?? [])
    .filter((value) => value > 0)
    .map((value: number) => Math.log10(value));
  const [low, high] = axis.range ?? [Math.min(...values), Math.max(...values)];
  const decades = high - low;
  if (decades > 2.2) return { dtick: 1, minor: { dtick: "D1", ticks: "outside", ticklen: 3 } };
  if (!(decades > 0.5)) return {};
  // Written out: Plotly's "D2" would call 20 and 50 just 2 and 5.
  const powers = Array.from(
    { length: Math.ceil(high) - Math.floor(low) + 1 },
    (_, i) => 10 ** (Math.floor(low) + i),
  );
  return { tickmode: "array", tickvals: powers.flatMap((power) => [power, 2 * power, 5 * power]) };
}

/** Dark colours of lines and points would vanish on a dark page: black becomes ink, others are mixed with white. */
function lighten(data: unknown[], ink: string): unknown[] {
  return JSON.parse(JSON.stringify(data), (key, value) => {
    const digits = key === "color" && typeof value === "string" && /^#([0-9a-f]{6})$/i.exec(value)?.[1];
    if (!digits) return key === "color" && value === "black" ? ink : value;
    const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as [
      number,
      number,
      number,
    ];
    if (Math.max(r, g, b) < 0x50) return ink;
    const isDark = 0.2126 * r + 0.7152 * g + 0.0722 * b < 130;
    return isDark ? `rgb(${[r, g, b].map((part) => Math.round(part + 0.35 * (255 - part)))})` : value;
  });
}
