import * as dfd from "danfojs-node";
import { chinchilla, fit } from "isoflop";
import { fromDanfo, toDanfo } from "isoflop/danfo";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";
import { loadDanfo } from "../../src/danfo/loadDanfo.ts";

test("records survive the way through a frame with every digit", async () => {
  const runs = chinchillaFigure4();
  expect(fromDanfo(await toDanfo(runs))).toEqual(runs);
});

test("a fit from a frame equals the fit from the records", async () => {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const frame = await toDanfo(runs.map(({ nParams, nTokens, loss }) => ({ nParams, nTokens, loss })));
  expect(fit(chinchilla, fromDanfo<(typeof runs)[number]>(frame)).parameters).toEqual(
    fit(chinchilla, runs).parameters,
  );
});

test("column arithmetic keeps counts of parameters, frame arithmetic refuses instead of rounding them to float32", async () => {
  const frame = await toDanfo([{ nParams: 70e9, nTokens: 1.4e12 }]);
  const flops = (frame.column("nParams") as dfd.Series).mul(6).mul(frame.column("nTokens") as dfd.Series);
  expect((flops as dfd.Series).values).toEqual([6 * 70e9 * 1.4e12]);
  expect(() => frame.mul(1)).toThrow("float32");
  expect(Math.fround(70e9)).toBe(70000001024);
});

test("rows that differ, no rows, and what is no frame are refused", async () => {
  await expect(toDanfo([])).rejects.toThrow("toDanfo needs at least one row");
  await expect(toDanfo([{ a: 1 }, { b: 1 }])).rejects.toThrow("row 1 has the fields b, row 0 has a");
  expect(() => fromDanfo(new dfd.Series([1, 2]) as never)).toThrow("fromDanfo needs a DataFrame");
});

test("a missing danfojs is named with the line that installs it", async () => {
  const absent = () => Promise.reject(new Error("Cannot find package"));
  await expect(loadDanfo(absent)).rejects.toThrow("npm install danfojs-node@1.2.0");
});
