import { type LoadPoint, type ServingCurve, servingFigure, servingFrontierFigure } from "isoflop";
import { expect, test } from "vitest";

const around = (value: number) => ({
  value,
  interval80: [0.8 * value, 1.25 * value] as const,
  interval95: [0.5 * value, 2 * value] as const,
});
const pointAt = (concurrency: number): LoadPoint => ({
  concurrency,
  estimate: {
    ttftS: around(0.1 * concurrency),
    tpotS: around(0.01 * concurrency),
    tokensPerS: around(400),
    devices: 4,
    decoding: concurrency,
    inDistribution: true,
    calibratedOn: "a test",
    assumptions: [],
  },
  tokensPerSPerDevice: around(100),
  usdPerMillionTokens: around(2),
});
const curve = (name: string): ServingCurve => ({ name, points: [1, 8, 64].map(pointAt) });
const caption = "Company costs speed.";

test("times are drawn in milliseconds, the band holds 80 %, dotted lines are the ends of 95 %", () => {
  const figure = servingFigure([curve("H100")], { quantity: "tpot", caption });
  const traces = figure.data as unknown as {
    name: string;
    y: number[];
    line: { dash: string; color: string };
  }[];
  const of = (name: string) => traces.filter((one) => one.name === name);
  expect(of("H100, band 80 %")[0]!.y).toEqual([10, 80, 640]);
  expect(of("H100, band 80 %, lower end")[0]!.y).toEqual([8, 64, 512]);
  const ends = of("H100, 95 % ends");
  expect(ends.map(({ y }) => y)).toEqual([
    [5, 40, 320],
    [20, 160, 1280],
  ]);
  expect(ends.map(({ line }) => line)).toEqual([
    { color: of("H100, band 80 %")[0]!.line.color, dash: "dot", width: 2 },
    { color: of("H100, band 80 %")[0]!.line.color, dash: "dot", width: 2 },
  ]);
  expect(figure.table.rows[1]).toEqual(["H100", 8, 80, 64, 100, 40, 160]);
});

test("no curve's own line is dotted, and no two look alike", () => {
  const names = ["a", "b", "c", "d", "e"];
  const { data } = servingFigure(names.map(curve), { quantity: "ttft", caption });
  const lines = (data as unknown as { name: string; line: { dash: string; color: string } }[])
    .filter(({ name }) => name.endsWith("band 80 %"))
    .map(({ line }) => `${line.dash} ${line.color}`);
  expect(lines).toHaveLength(5);
  expect(new Set(lines).size).toBe(5);
  expect(lines.some((look) => look.startsWith("dot "))).toBe(false);
});

test("measured points stand beside the curves under their own name", () => {
  const measured = [{ concurrency: 8, value: 90 }];
  const last = (options: object) =>
    servingFigure([curve("H100")], { quantity: "tpot", caption, measured, ...options }).data.at(-1);
  expect(last({})).toMatchObject({ name: "measured", x: [8], y: [90], mode: "markers" });
  expect(last({ measuredName: "chosen" })).toMatchObject({ name: "chosen" });
});

test("the frontier is throughput of a device over the speed that one request sees", () => {
  const { data, table } = servingFrontierFigure([curve("H100")], { caption });
  expect(data[0]).toMatchObject({ x: [100, 12.5, 1.5625], y: [100, 100, 100] });
  expect(table.rows[0]).toEqual(["H100", 1, 100, 100, 80, 125]);
});

test("cost without a rent, an unknown quantity and a curve without points are refused", () => {
  const { usdPerMillionTokens: _, ...free } = pointAt(1);
  const of = (quantity: string, points: LoadPoint[]) =>
    servingFigure([{ name: "H100", points }], { quantity: quantity as "tpot", caption });
  expect(() => of("usdPerMillionTokens", [free])).toThrow("give loadCurve usdPerHour");
  expect(() => of("watts", [free])).toThrow("quantity must be tpot or ttft");
  expect(() => of("tpot", undefined as never)).toThrow('curve "H100"');
  expect(() => of("tpot", [])).toThrow('curve "H100" has no points');
  expect(() => servingFigure([], { quantity: "tpot", caption })).toThrow("needs one curve or more");
  expect(() => servingFrontierFigure([], { caption })).toThrow("needs one curve or more");
  expect(() => servingFrontierFigure([{ points: [free] } as never], { caption })).toThrow(
    "curve 0 needs a name",
  );
  expect(() => servingFigure([null as never], { quantity: "tpot", caption })).toThrow("curve 0 needs a name");
  expect(() => servingFigure([curve("H100")], { quantity: "tpot", caption: "" })).toThrow("caption");
});

test("measured points that axes of logarithms cannot show are refused, not left out", () => {
  for (const [concurrency, value] of [
    [0, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.NaN],
  ] as const) {
    const measured = [{ concurrency, value }];
    expect(() => servingFigure([curve("H100")], { quantity: "tpot", caption, measured })).toThrow(
      "of measured point 0 must be",
    );
  }
});
