import {
  type DiscoveredPrediction,
  type DiscoveredVariable,
  type Discovery,
  type Figure,
  formatNumber,
  type RunSetting,
  type Series,
  xyFigure,
} from "isoflop";

/** How far beyond the rows a positive scale is drawn, and a share of the range of another. */
const [timesBeyond, rangeBeyond] = [10, 0.25];
const steps = 60;
/** Lines of laws beside the one that predicts: the table has all. */
const mostOthers = 3;
/** Blue, as the prediction is, dashed and dotted: bands must read without colour. */
const [dashed, dotted] = [7, 14] as const;
/** Styles of the other laws, of other colours and dashes than the band's edges. */
const otherStyles = [3, 4, 5] as const;

/** What the laws say of a response along one scale, everything else as in one setting. */
export function predictionFigure(
  found: Discovery,
  response: string,
  { name, kind, range: [low, high] }: DiscoveredVariable,
  at: RunSetting,
  rows: readonly RunSetting[],
): Figure {
  const own = Number(at[name]);
  const top =
    kind === "log" ? Math.max(timesBeyond * high, own) : Math.max(high + rangeBeyond * (high - low), own);
  const x = Array.from({ length: steps + 1 }, (_, k) => {
    const share = k / steps;
    return kind === "log" ? low * (top / low) ** share : low + (top - low) * share;
  });
  const points = x.map((value) => ({ ...at, [name]: value }));
  const predicted = found.predict(points)[response]!;
  const each = found.predictEach(points)[response]!;
  const y = predicted.map(({ prediction }) => prediction);
  const edge = (
    label: string,
    style: number,
    of: (one: DiscoveredPrediction) => number,
    inLegend = true,
  ): Series => ({
    name: label,
    x,
    y: predicted.map(of),
    mode: "lines",
    style,
    inLegend,
  });
  const others = [...each.keys()]
    .slice(1)
    .sort((a, b) => found.set[b]!.weight - found.set[a]!.weight)
    .slice(0, mostOthers)
    .sort((a, b) => a - b);
  const beside = rows.filter((row) =>
    Object.entries(at).every(([key, value]) => key === name || row[key] === value),
  );
  const band = (of: (one: DiscoveredPrediction) => readonly [number, number]) => predicted.map(of);
  const shown = x.flatMap((_, k) => (k % 6 === 0 ? [k] : []));
  const setting = Object.entries(at)
    .filter(([key]) => key !== name)
    .map(([key, value]) => `${key} = ${typeof value === "number" ? formatNumber(value, 3) : value}`);
  return xyFigure({
    series: [
      { name: "law 1", x, y, mode: "lines", style: 0, band: band(({ lo95, hi95 }) => [lo95, hi95]) },
      {
        name: "law 1, 80 %",
        x,
        y,
        mode: "lines",
        style: 0,
        inLegend: false,
        band: band(({ lo80, hi80 }) => [lo80, hi80]),
      },
      edge("80 % of new runs", dashed, ({ lo80 }) => lo80),
      edge("80 %, upper end", dashed, ({ hi80 }) => hi80, false),
      edge("95 % of new runs", dotted, ({ lo95 }) => lo95),
      edge("95 %, upper end", dotted, ({ hi95 }) => hi95, false),
      ...others.map(
        (law, k): Series => ({
          name: `law ${law + 1}`,
          x,
          y: each[law]!,
          mode: "lines",
          style: otherStyles[k]!,
        }),
      ),
      ...(beside.length > 0
        ? [
            {
              name: "runs there",
              x: beside.map((row) => Number(row[name])),
              y: beside.map((row) => Number(row[response])),
              style: 1,
            },
          ]
        : []),
    ],
    x: { title: name, log: kind === "log" },
    y: { title: response },
    caption: `${response} along ${name}${setting.length > 0 ? `, with ${setting.join(", ")}` : ""}. The rows end at ${formatNumber(high, 3)}; new runs lie between the dashed lines with 80 %, between the dotted ones with 95 %.`,
    table: {
      columns: [
        name,
        "law 1",
        "lo80",
        "hi80",
        "lo95",
        "hi95",
        ...each.slice(1).map((_, k) => `law ${k + 2}`),
      ],
      rows: shown.map((k) => {
        const { prediction, lo80, hi80, lo95, hi95 } = predicted[k]!;
        return [x[k]!, prediction, lo80, hi80, lo95, hi95, ...each.slice(1).map((values) => values[k]!)];
      }),
    },
  });
}
