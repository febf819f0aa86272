import { asymmetric, chinchilla, fit, huber, l1, loadFit, squared } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { line, points } from "./lineLaw.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

describe.each([
  ["Huber", { loss: huber(1e-3) }],
  ["L1", { loss: l1() }],
  ["nested losses", { loss: asymmetric(huber(1e-3), { over: 4 }) }],
  [
    "bounds, ties, fixed, priors, weights",
    {
      loss: squared(),
      residual: "raw" as const,
      bounds: { A: [1, 1e6] as const },
      tied: { beta: "alpha" as const },
      fixed: { E: 1.7 },
      priors: { alpha: { mean: 0.35, sd: 0.1 } },
      weights: (run: { loss: number }) => 1 / run.loss,
    },
  ],
  ["a fit without a meaning", { fixed: { alpha: 0 } }],
])("a saved fit with %s", (_, options) => {
  const original = fit(chinchilla, runs, options);
  const copy = loadFit(JSON.stringify(original));

  test("reloads to the same bits", () => {
    expect(copy.parameters).toEqual(original.parameters);
    expect(copy.objective).toBe(original.objective);
    expect(copy.status).toBe(original.status);
    expect(copy.reason).toBe(original.reason);
    expect(copy.conditionNumber).toBe(original.conditionNumber);
    expect(copy.dataHash).toBe(original.dataHash);
    const point = { nParams: 70e9, nTokens: 1.4e12 };
    expect(copy.predict(point)).toBe(original.predict(point));
    expect(JSON.stringify(copy)).toBe(JSON.stringify(original));
  });

  test("gives the same bootstrap", async () => {
    const [a, b] = await Promise.all([original, copy].map((f) => f.bootstrap({ resamples: 5, seed: 9 })));
    expect((b as typeof a)!.objectives).toEqual(a!.objectives);
  });
});

test("a law that is not built in is passed when loading", () => {
  const saved = JSON.stringify(fit(line, points, { loss: squared(), residual: "raw" }));
  expect(loadFit(saved, { law: line }).parameters.b).toBeCloseTo(0.5, 1);
  expect(() => loadFit(saved)).toThrow("line is not a built-in law; pass it: loadFit(json, { law })");
  expect(() => loadFit(saved, { law: chinchilla })).toThrow(
    "the fit is of line, but the law passed is chinchilla",
  );
});

test("edited runs and foreign files are refused", () => {
  const record = fit(chinchilla, runs).toJSON();
  const edited = {
    ...record,
    data: { ...record.data, y: record.data.y.map((loss, i) => (i === 7 ? loss + 0.1 : loss)) },
  };
  expect(() => loadFit(edited)).toThrow("do not match its data hash");
  expect(() => loadFit("{}")).toThrow('not a saved fit: format must be "isoflop-fit", got undefined');
});
