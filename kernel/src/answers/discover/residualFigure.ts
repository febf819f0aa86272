import { type DiscoveredVariable, type Figure, formatNumber, type Series, xyFigure } from "isoflop";

/** More levels of a scale than so many are taken together. */
const mostLevels = 12;
const mostDrawn = 2000;

/** A row beside what the law says there. */
export interface PredictedRow {
  readonly x: number;
  readonly observed: number;
  readonly predicted: number;
}

/** What the law leaves of a response along a scale, and the mean and the spread of it at each level. */
export function residualFigure(
  response: string,
  { name, kind }: DiscoveredVariable,
  rows: readonly PredictedRow[],
): Figure {
  const isPercent = rows.every(({ observed, predicted }) => observed > 0 && predicted > 0);
  const restOf = ({ observed, predicted }: PredictedRow) =>
    isPercent ? 100 * (observed / predicted - 1) : observed - predicted;
  const sorted = [...rows].sort((a, b) => a.x - b.x);
  const each = Math.max(1, Math.ceil(sorted.length / mostDrawn));
  const drawn = sorted.filter((_, k) => k % each === 0);
  const levels = levelsOf(sorted).map((own) => {
    const rests = own.map(restOf);
    const mean = rests.reduce((sum, one) => sum + one, 0) / rests.length;
    const size = Math.sqrt(rests.reduce((sum, one) => sum + one * one, 0) / rests.length);
    return { low: own[0]!.x, high: own.at(-1)!.x, runs: own.length, mean, size };
  });
  const hasMeans = levels.some(({ runs }) => runs > 1);
  const means: Series = {
    name: "mean of a level",
    x: levels.map(({ low, high }) => (kind === "log" ? Math.sqrt(low * high) : (low + high) / 2)),
    y: levels.map(({ mean }) => mean),
    mode: "lines+markers",
    style: 1,
  };
  const ends = [sorted[0]!.x, sorted.at(-1)!.x];
  const unit = isPercent ? "%" : response;
  return xyFigure({
    series: [
      { name: "runs", x: drawn.map(({ x }) => x), y: drawn.map(restOf) },
      ...(hasMeans ? [means] : []),
      { name: "no residual", x: ends, y: [0, 0], mode: "lines", style: 6 },
    ],
    x: { title: name, log: kind === "log" },
    y: { title: isPercent ? `${response} above the law's (%)` : `${response} − the law's` },
    caption: `What the law leaves of ${response} along ${name}: a trend ${hasMeans ? "in the means " : ""}would be one that it misses.`,
    table: {
      columns: [name, "runs", `mean (${unit})`, `root mean square (${unit})`],
      rows: levels.map(({ low, high, runs, mean, size }) => [
        low === high ? formatNumber(low, 4) : `${formatNumber(low, 4)} … ${formatNumber(high, 4)}`,
        runs,
        mean,
        size,
      ]),
    },
  });
}

/** Rows of one value each, or as many parts of them as levels are shown. */
function levelsOf(sorted: readonly PredictedRow[]): PredictedRow[][] {
  const values = [...new Set(sorted.map(({ x }) => x))];
  const count = Math.min(mostLevels, values.length);
  const place = new Map(values.map((x, k) => [x, Math.floor((k * count) / values.length)]));
  return Array.from({ length: count }, (_, level) => sorted.filter(({ x }) => place.get(x) === level));
}
