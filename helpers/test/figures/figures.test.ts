import {
  isoflopFigure,
  isoflopParabolas,
  jupyterDisplay,
  lossContourFigure,
  plotlyMimeType,
  residualsFigure,
  xyFigure,
} from "isoflop";
import { expect, test } from "vitest";

const axes = { x: { title: "x <1>", log: true }, y: { title: "y" } };
const predict = ({ nParams, nTokens }: { nParams: number; nTokens: number }) =>
  1.69 + 406.4 / nParams ** 0.34 + 410.7 / nTokens ** 0.28;
const runs = [6e18, 1e20, 3e21].flatMap((flops) =>
  [0.25, 0.5, 1, 2, 4].map((k) => {
    const nParams = k * Math.sqrt(flops / 120);
    const nTokens = flops / (6 * nParams);
    return { nParams, nTokens, flops, loss: predict({ nParams, nTokens }) };
  }),
);

test("a figure offers Plotly JSON without the upload button, a static table and plain text", () => {
  const series = [{ name: "a&b", x: [1, 10], y: [2, 3] }];
  const bundle = xyFigure({ series, ...axes, caption: "It <rises>." })[jupyterDisplay]();
  const plotly = bundle[plotlyMimeType] as { config: object; data: object[] };
  expect(plotly.config).toMatchObject({ showSendToCloud: false, displaylogo: false });
  expect(plotly.data).toHaveLength(1);
  expect(bundle["text/html"]).toContain("<figcaption>It &lt;rises&gt;.</figcaption>");
  expect(bundle["text/html"]).toContain('<th scope="col" style="text-align: right">x &lt;1&gt;</th>');
  expect(bundle["text/html"]).toContain(
    '<td style="text-align: left">a&amp;b</td><td style="text-align: right">10</td>',
  );
  expect(bundle["text/html"]).not.toContain("<script");
  expect(bundle["text/plain"]).toContain("It <rises>.\nseries");
  expect(JSON.parse(JSON.stringify(plotly))).toEqual(plotly);
});

test("no two of the first sixty series share colour, marker and dash", () => {
  const series = Array.from({ length: 60 }, (_, i) => ({
    name: `${i}`,
    x: [1],
    y: [1],
    mode: "lines+markers" as const,
  }));
  const { data } = xyFigure({ series, ...axes, caption: "c" });
  const looks = data.map((trace) => {
    if (trace.type !== "scatter") throw new Error("a scatter trace was asked for");
    return [trace.line?.color, trace.marker?.symbol, trace.line?.dash].join();
  });
  expect(new Set(looks).size).toBe(60);
});

test("the range of a log axis is given in the data's units", () => {
  const { layout } = xyFigure({
    series: [],
    x: { title: "x", log: true, range: [1e18, 1e22] },
    y: { title: "y", range: [0, 1] },
    caption: "c",
  });
  expect(layout.xaxis.range).toEqual([18, 22]);
  expect(layout.yaxis.range).toEqual([0, 1]);
});

test("error bars may be half-widths or ends", () => {
  const base = { name: "a", x: [1, 2], y: [5, 6] };
  const figure = xyFigure({
    series: [
      { ...base, error: [1, 2] },
      {
        ...base,
        error: [
          [4, 7],
          [5, 6.5],
        ],
      },
    ],
    ...axes,
    caption: "c",
  });
  expect(figure.data[0]).toMatchObject({ error_y: { array: [1, 2], arrayminus: [1, 2] } });
  expect(figure.data[1]).toMatchObject({ error_y: { array: [2, 0.5], arrayminus: [1, 1] } });
});

test("a series with more x than y is refused by name", () => {
  const series = [{ name: "loss", x: [1, 2], y: [1] }];
  expect(() => xyFigure({ series, ...axes, caption: "c" })).toThrow(
    'series "loss" needs as many x as y, got 2 x, 1 y',
  );
});

test("a figure without a caption is refused", () => {
  expect(() => xyFigure({ series: [], ...axes, caption: " " })).toThrow(/needs a caption/);
});

test("the isoFLOP figure holds points, a parabola a budget, and the minima", () => {
  const figure = isoflopFigure(isoflopParabolas(runs), "c");
  expect(figure.data).toHaveLength(3 + 3 + 1);
  expect(figure.table.rows).toHaveLength(3);
});

test("the frontier of the contour figure is the law's closed-form optimum", () => {
  const figure = lossContourFigure({ predict }, runs, { caption: "c", budgets: [5.88e23] });
  const frontier = figure.data[2];
  if (frontier?.type !== "scatter") throw new Error("the frontier is a line");
  const G = ((0.34 * 406.4) / (0.28 * 410.7)) ** (1 / 0.62);
  frontier.x.forEach((flops, i) => {
    expect(frontier.y[i]! / (G * (flops / 6) ** (0.28 / 0.62))).toBeCloseTo(1, 6);
  });
  // Hoffmann's rounded constants ask for 93 tokens a parameter at Gopher's budget.
  expect(figure.table.rows[0]![3]).toBeCloseTo(92.8, 1);
});

test("residuals of the law that made the runs are zero", () => {
  const figure = residualsFigure([{ name: "truth", predict }], runs, "c");
  expect(figure.table.rows[0]!.slice(0, 2)).toEqual(["truth", 15]);
  expect(figure.table.rows[0]![4]).toBeLessThan(1e-15);
});
