import type { RefitWidget } from "isoflop";
import { computeOptimal } from "isoflop";
import type { RefitState, Refitted } from "./refit.ts";

/** Runs over tokens and parameters, in use and left out, with the fit's efficient frontier and the budget's optimum. */
export function refitPlot({ runs }: RefitWidget, { used, flops }: RefitState, fitted: Refitted | undefined) {
  const points = (wanted: boolean) => runs.map((_, i) => i).filter((i) => used[i] === wanted);
  const scatter = (name: string, indexes: number[], marker: object) => ({
    type: "scatter",
    mode: "markers",
    name,
    x: indexes.map((i) => runs[i]![1]),
    y: indexes.map((i) => runs[i]![0]),
    customdata: indexes,
    text: indexes.map((i) => `loss ${runs[i]![2].toFixed(3)}`),
    hovertemplate: "%{y:.3s} parameters, %{x:.3s} tokens<br>%{text}<extra></extra>",
    marker,
    // A dragged box acts at once; nothing stays faded.
    unselected: { marker: { opacity: 1 } },
  });
  return {
    data: [
      scatter("in the fit", points(true), { color: "#0072B2", symbol: "circle", size: 7 }),
      scatter("left out", points(false), { color: "#D55E00", symbol: "x-open", size: 9 }),
      ...frontier(flops, fitted),
    ],
    layout: {
      height: 440,
      margin: { l: 60, r: 10, t: 10, b: 50 },
      xaxis: { title: { text: "training tokens" }, type: "log", exponentformat: "B" },
      yaxis: { title: { text: "parameters" }, type: "log", exponentformat: "B" },
      legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" },
      dragmode: "select",
      selections: [],
      uirevision: "keep",
    },
  };
}

function frontier(flops: number, fitted: Refitted | undefined): object[] {
  if (!fitted) return [];
  try {
    const last = Math.log10(flops);
    const budgets = Array.from({ length: 30 }, (_, i) => 10 ** (17.5 + ((last - 17.5) * i) / 29));
    const best = budgets.map((budget) => computeOptimal(fitted.law, { flops: budget }));
    const at = { x: best.map(({ nTokens }) => nTokens), y: best.map(({ nParams }) => nParams) };
    const end = best.at(-1)!;
    return [
      {
        type: "scatter",
        mode: "lines",
        name: "best split",
        ...at,
        line: { color: "#009E73", dash: "dash", width: 2 },
      },
      {
        type: "scatter",
        mode: "markers",
        name: "at the budget",
        x: [end.nTokens],
        y: [end.nParams],
        marker: { color: "#009E73", symbol: "star", size: 14 },
      },
    ];
  } catch {
    return [];
  }
}
