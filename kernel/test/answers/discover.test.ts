import { designRuns, discover, type ScatterTrace } from "isoflop";
import { expect, test } from "vitest";
import { readTarget } from "../../src/answers/design/readTarget.ts";
import { valueTables } from "../../src/answers/discover/lawTables.ts";
import { predictionFigure } from "../../src/answers/discover/predictionFigure.ts";
import { residualFigure } from "../../src/answers/discover/residualFigure.ts";
import { computeColumns, runCost } from "../../src/answers/discover/runCost.ts";

const off = (k: number) => ((k * 7919) % 101) / 101 - 0.5;
const rows = [1e7, 3e7, 1e8, 3e8].flatMap((n_params, i) =>
  [1e9, 4e9, 1.6e10, 6.4e10].map((n_tokens, j) => ({
    n_params,
    n_tokens,
    tied: 1024,
    loss: 1.7 + 406 * n_params ** -0.34 + 411 * n_tokens ** -0.28 + 0.2 * off(4 * i + j + 1),
  })),
);
const found = discover(rows, { response: "loss" });
const table = { rows, cells: [], header: Object.keys(rows[0]!), notes: [] };
const [size, tokens] = ["n_params", "n_tokens"].map(
  (name) => found.variables.find((one) => one.name === name)!,
);
const scatter = (trace: unknown) => trace as ScatterTrace;

test("bands, lines of the laws and the table are what the discovery predicts, and runs there are those of the setting", () => {
  const at = { n_params: 3e8, n_tokens: 6.4e10 };
  const figure = predictionFigure(found, "loss", size!, at, rows);
  const named = (name: string) => figure.data.map(scatter).find((one) => one.name === name)!;
  const { x } = named("law 1");
  expect([x[0], x.at(-1)]).toEqual([1e7, 3e9]);
  const points = x.map((n_params) => ({ ...at, n_params }));
  const predicted = found.predict(points).loss!;
  const edges = {
    "80 % of new runs": "lo80",
    "95 % of new runs": "lo95",
    "95 %, upper end": "hi95",
  } as const;
  for (const [name, key] of Object.entries(edges))
    expect(named(name).y).toEqual(predicted.map((one) => one[key]));
  const each = found.predictEach(points).loss!;
  expect(each).toHaveLength(found.set.length);
  for (const one of figure.data.map(scatter).filter(({ name }) => /^law \d+$/.test(name)))
    expect(one.y).toEqual(each[Number(one.name.slice(4)) - 1]);
  expect(named("runs there").y).toEqual(
    rows.filter(({ n_tokens }) => n_tokens === 6.4e10).map(({ loss }) => loss),
  );
  expect(figure.table.columns).toHaveLength(5 + found.set.length);
});

test("what is left at the levels of a scale is the mean and the root mean square of the residuals there", () => {
  const predicted = rows.map(() => 2);
  const figure = residualFigure(
    "loss",
    tokens!,
    rows.map(({ n_tokens, loss }, i) => ({ x: n_tokens, observed: loss, predicted: predicted[i]! })),
  );
  const own = rows.filter(({ n_tokens }) => n_tokens === 4e9).map(({ loss }) => 100 * (loss / 2 - 1));
  const [level, runs, mean, size] = figure.table.rows[1]!;
  expect([level, runs]).toEqual(["4e9", 4]);
  expect(mean).toBeCloseTo(own.reduce((sum, one) => sum + one, 0) / 4, 10);
  expect(size).toBeCloseTo(Math.sqrt(own.reduce((sum, one) => sum + one * one, 0) / 4), 10);
});

test("the values of a set are one table, a law a row, and of several fits a table a law", () => {
  const [one, ...rest] = valueTables(found);
  expect(rest).toEqual([]);
  expect(one!.table.rows).toHaveLength(found.set.length);
  const both = discover(
    rows.map((row) => ({ ...row, acc: 1 / row.loss })),
    { response: ["loss", "acc"], maxParameters: 4 },
  );
  const tables = valueTables(both);
  expect(tables).toHaveLength(both.set.length);
  expect(tables[0]!.table.columns[0]).toBe("response");
  expect(tables[0]!.table.rows.map(([response]) => response)).toEqual(["loss", "acc"]);
});

test("a run costs what its columns say: 6 N D, a formula, a mapped column, the same number in every row", () => {
  const run = { n_params: 2e9, n_tokens: 3e10 };
  expect(runCost(found, table, [], undefined).of(run)).toBe(3.6e20);
  expect(runCost(found, table, [], "n_params*n_tokens/1e18 + tied").of(run)).toBe(60 + 1024);
  const inBillions = [{ field: "nTokens", column: "n_tokens", factor: 1e9, given: true }];
  expect(runCost(found, table, inBillions, undefined).of({ n_params: 2e9, n_tokens: 30 })).toBe(3.6e20);
  expect(() => runCost(found, table, [], "loss*2")).toThrow(/--cost names loss, which is no column/);
  expect(computeColumns(["n_params", "n_tokens", "flops", "loss"], [])).toEqual(["flops"]);
  expect(computeColumns(["n_params", "flops", "loss"], [])).toEqual([]);
});

test("a target is read as what laws read of it, and what it leaves out is as in the dearest row", () => {
  const read = (text: string) => readTarget(text, found, undefined, table, rows.at(-1)!);
  expect(read("n_params=2e9, n_tokens = 3e10")).toEqual({ n_params: 2e9, n_tokens: 3e10 });
  expect(() => read("n_params=2e9,n_tokens=3e10,tied=7")).toThrow(/names tied, which the laws do not read/);
  expect(() => read("n_params=2e9,n_params=3e9")).toThrow(/gives n_params twice/);
  expect(() => read("n_params=many,n_tokens=1")).toThrow(/n_params must be a number, got "many"/);
  expect(() => read("2e9")).toThrow(/takes COLUMN=VALUE.*got "2e9"/);
  const { target } = designRuns(found, {
    budget: 1e20,
    cost: () => 1e19,
    target: read("n_params=2e9,n_tokens=3e10"),
  });
  expect(target).toEqual({ n_params: 2e9, n_tokens: 3e10 });
});
