import { chinchilla, fit, fitColumns, huber, l1, powerLaw, squared } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4();
const typed = {
  nParams: Float64Array.from(runs, (run) => run.nParams),
  nTokens: Float64Array.from(runs, (run) => run.nTokens),
  loss: Float64Array.from(runs, (run) => run.loss),
};
const plain = {
  nParams: [...typed.nParams],
  nTokens: [...typed.nTokens],
  loss: [...typed.loss],
  other: ["not read"] as unknown as number[],
};

describe("columns give the fit of the same runs as records, to the bit", () => {
  test.each([
    ["huber", { loss: huber(1e-3) }],
    ["l1", { loss: l1() }],
    ["squared and raw", { loss: squared(), residual: "raw" }],
    ["held, tied, with a prior", { fixed: { E: 1.8 }, priors: { A: { mean: 6, sd: 1, scale: "log" } } }],
    ["the default", {}],
  ] as const)("%s", (_, options) => {
    const weights = runs.map((_run, k) => (k % 7) / 2);
    const expected = JSON.stringify(fit(chinchilla, runs, { ...options, weights }));
    expect(JSON.stringify(fitColumns(chinchilla, typed, { ...options, weights }))).toBe(expected);
    const asColumn = { ...options, weights: Float64Array.from(weights) };
    expect(JSON.stringify(fitColumns(chinchilla, plain, asColumn))).toBe(expected);
    expect(fitColumns(chinchilla, typed, options).parameters).toEqual(
      fit(chinchilla, runs, options).parameters,
    );
  });

  test("and may be changed afterwards", () => {
    const own = { ...typed, loss: typed.loss.slice() };
    const found = fitColumns(chinchilla, own);
    const before = found.residuals();
    own.loss.fill(9);
    expect(found.residuals()).toEqual(before);
    expect(found.table.y).toEqual(typed.loss);
  });
});

describe("columns that cannot be fitted are refused in a sentence", () => {
  const wrong = (change: object) => ({ ...typed, ...change }) as unknown as typeof typed;
  test.each([
    ["records", runs as unknown as typeof typed, "needs an object of columns with nParams, nTokens, loss"],
    ["nothing", null as never, "needs an object of columns with nParams, nTokens, loss, got null"],
    ["a missing column", wrong({ loss: undefined }), "needs loss as an array of numbers, got undefined"],
    [
      "a number for a column",
      wrong({ nTokens: 7 }),
      "needs nTokens as an array of numbers, got the number 7",
    ],
    [
      "columns of two lengths",
      wrong({ loss: typed.loss.subarray(1) }),
      `got ${runs.length} in nParams and ${runs.length - 1} in loss; cut them to the same rows`,
    ],
    [
      "a value below 0",
      wrong({ loss: typed.loss.map((y, k) => (k === 3 ? -1 : y)) }),
      "loss must be > 0, got -1 in row 3",
    ],
    ["a text", wrong({ nParams: typed.loss.toString().split(",") }), 'got "'],
    ["no rows", { nParams: [], nTokens: [], loss: [] } as never, "fit needs at least one run, got 0"],
  ])("%s", (_, columns, message) => {
    expect(() => fitColumns(chinchilla, columns)).toThrow(message);
  });

  test.each([
    ["of another length", { weights: [1, 2] }, `one entry per run (${runs.length}), got 2`],
    ["as a function", { weights: () => 1 }, "weights of fitColumns must be a column, got a Function"],
    ["of which one is below 0", { weights: typed.loss.map(() => -1) }, "finite and >= 0, got -1 in row 0"],
  ])("weights %s", (_, options, message) => {
    expect(() => fitColumns(chinchilla, typed, options as object)).toThrow(message);
  });

  test("options, in its own name", () => {
    expect(() => fitColumns(chinchilla, typed, { los: l1() } as object)).toThrow(
      "fitColumns has no option los; did you mean loss?",
    );
    expect(() => fitColumns(powerLaw as never, typed as never)).toThrow("call it");
  });
});
