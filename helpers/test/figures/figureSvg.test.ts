import { fileURLToPath } from "node:url";
import { Figure, jupyterDisplay, xyFigure } from "isoflop";
import { expect, test } from "vitest";
import { contourLines } from "../../src/figures/svg/contourLines.ts";

const svgOf = (figure: Figure) => figure[jupyterDisplay]()["image/svg+xml"] as string;

/** The tags of well-formed markup close in the order they open; throws where they do not. */
function checkWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, close, name, selfClosed] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:[^<>"]|"[^"<]*")*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!selfClosed) open.push(name!);
  }
  expect(open).toEqual([]);
}

const figure = xyFigure({
  series: [
    { name: "runs & <b>more</b>", x: [1e18, 1e20, 1e22], y: [1e8, 1e9, 1e10], error: [5e7, 5e8, 5e9] },
    {
      name: "fit",
      x: [1e18, 1e22],
      y: [1.2e8, 9e9],
      mode: "lines",
      band: [
        [1e8, 2e8],
        [8e9, 1e10],
      ],
    },
  ],
  x: { title: "compute (10<sup>x</sup> FLOPs)", log: true, format: "power" },
  y: { title: "parameters", log: true, format: "count" },
  caption: 'Parameters "grow" with compute.',
});

test("the static picture of a figure stays as it was drawn", async () => {
  await expect(svgOf(figure)).toMatchFileSnapshot(
    fileURLToPath(new URL("golden/runs-and-fit.svg", import.meta.url)),
  );
});

test("the picture is well-formed, with text escaped and its caption as the accessible name", () => {
  const svg = svgOf(figure);
  checkWellFormed(svg);
  expect(svg).toContain('role="img" aria-label="Parameters &quot;grow&quot; with compute."');
  expect(svg).toContain("runs &amp; more");
  expect(svg).toContain('10<tspan dy="-5" font-size="9">20</tspan>');
  expect(svg).toContain(">1B</text>");
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("the HTML holds the picture as an image that needs no script", () => {
  const html = figure[jupyterDisplay]()["text/html"] as string;
  const source = /src="data:image\/svg\+xml,([^"]*)"/.exec(html)?.[1];
  expect(decodeURIComponent(source!)).toBe(svgOf(figure));
});

test("what a log axis cannot show is left out, not drawn at a wrong place", () => {
  const series = [{ name: "loss", x: [0, -1, 10, 100], y: [1, 2, 3, 4], mode: "lines+markers" as const }];
  const svg = svgOf(xyFigure({ series, x: { title: "x", log: true }, y: { title: "y" }, caption: "c" }));
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(svg.match(/a3.5,3.5 0 1 0 7.0,0a/g)).toHaveLength(2 + 1);
});

test("a contour line of x² + y² is a closed circle of the level's radius", () => {
  const axis = Array.from({ length: 81 }, (_, i) => (i - 40) / 20);
  const z = axis.map((y) => axis.map((x) => x * x + y * y));
  const lines = contourLines(axis, axis, z, 1.44);
  expect(lines).toHaveLength(1);
  expect(lines[0]!.at(0)).toEqual(lines[0]!.at(-1));
  for (const [x, y] of lines[0]!) expect(Math.hypot(x, y)).toBeCloseTo(1.2, 3);
});

test("a contour that leaves the grid is an open line from border to border", () => {
  const axis = [0, 1, 2, 3];
  const lines = contourLines(axis, axis, [axis, axis, axis, axis], 1.5);
  expect(lines).toEqual([axis.map((y) => [1.5, y])]);
});

test("a heat map writes each cell's number, so that it reads without colour", () => {
  const axis = { title: { text: "a" }, type: "linear" } as const;
  const heat = new Figure({
    data: [{ type: "heatmap", x: [1, 2], y: [1, 2], z: [[1, 2], [3, 4.25]], colorscale: "Viridis" }], // biome-ignore format: a matrix
    layout: { xaxis: axis, yaxis: axis },
    caption: "c",
    table: { columns: [], rows: [] },
  });
  expect(svgOf(heat)).toContain(">4.25</text>");
  checkWellFormed(svgOf(heat));
});
