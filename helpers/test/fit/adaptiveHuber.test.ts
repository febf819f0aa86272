import { adaptiveHuber, asymmetric, chinchilla, fit, huber, loadFit, predict, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";
import { line } from "./lineLaw.ts";

const truth = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 };

function sweep(noise: number, seed = 1, scale = 1) {
  const random = new Random(seed, 5);
  return Array.from({ length: 64 }, (_, k) => {
    const nParams = 2e7 * 500 ** ((k % 8) / 7);
    const nTokens = 1e9 * 300 ** (Math.floor(k / 8) / 7);
    const loss = scale * predict(chinchilla, truth, { nParams, nTokens }) * Math.exp(noise * random.normal());
    return { nParams, nTokens, loss };
  });
}

const deltaOf = (found: { options: { loss?: { specification: { scale?: number } } } }) =>
  found.options.loss!.specification.scale!;

describe("delta", () => {
  test("is about 1.345 of the noise's standard deviation, whatever that is", () => {
    for (const noise of [1e-4, 1e-3, 0.01, 0.1]) {
      const ratios = [1, 2, 3, 4, 5].map((seed) => deltaOf(fit(chinchilla, sweep(noise, seed))) / noise);
      const middle = ratios.sort((a, b) => a - b)[2]!;
      expect(middle, `noise ${noise}`).toBeGreaterThan(1.345 * 0.8);
      expect(middle, `noise ${noise}`).toBeLessThan(1.345 * 1.25);
    }
  });

  test("hardly sees outliers, where least squares' spread grows tenfold", () => {
    const clean = sweep(0.01);
    const dirty = clean.map((run, k) => (k % 16 === 3 ? { ...run, loss: run.loss * 1.5 } : run));
    expect(deltaOf(fit(chinchilla, dirty)) / deltaOf(fit(chinchilla, clean))).toBeLessThan(1.3);
    const spread = (law: { residuals(): Float64Array }) =>
      Math.sqrt(law.residuals().reduce((sum, r) => sum + r * r, 0) / 64);
    const [a, b] = [clean, dirty].map((runs) => spread(fit(chinchilla, runs, { loss: squared() })));
    expect(b! / a!).toBeGreaterThan(5);
  });

  test("scales with raw residuals, and weights of zero leave a run out of it", () => {
    const random = new Random(9, 9);
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: 3 + 2 * x + random.normal() }));
    const large = points.map(({ x, y }) => ({ x, y: 1e6 * y }));
    const one = fit(line, points, { residual: "raw" });
    const million = fit(line, large, { residual: "raw" });
    expect(deltaOf(million) / deltaOf(one) / 1e6).toBeCloseTo(1, 2);
    const wild = [...points, { x: 5, y: 1e9 }];
    const weighed = fit(line, wild, { residual: "raw", weights: wild.map(({ y }) => (y > 1e6 ? 0 : 1)) });
    expect(deltaOf(weighed)).toBe(deltaOf(one));
    expect(weighed.parameters.b).toBeCloseTo(one.parameters.b, 8);
  });

  test("stays above rounding where runs lie on the law", () => {
    const exact = fit(chinchilla, sweep(0));
    expect(deltaOf(exact)).toBeGreaterThan(1e-7);
    expect(exact.parameters.alpha).toBeCloseTo(truth.alpha, 8);
    expect(exact.status).toBe("converged");
  });
});

describe("the settled loss", () => {
  const found = fit(chinchilla, sweep(0.01));

  test("is one number: the same fit comes of huber(delta), and of the fit's own loss", () => {
    const again = fit(chinchilla, sweep(0.01), { loss: huber(deltaOf(found)) });
    expect(again.objective).toBeCloseTo(found.objective, 12);
    expect(fit(chinchilla, sweep(0.01), { loss: found.options.loss }).objective).toBe(again.objective);
    expect(found.options.loss!.label).toBe(`huber(${deltaOf(found)} = 1.345 sigma)`);
    expect(found.options.loss!.settle).toBeUndefined();
  });

  test("is kept by a saved fit and its bootstrap", async () => {
    const loaded = loadFit(JSON.stringify(found));
    expect(loaded.options.loss!.label).toBe(found.options.loss!.label);
    const [a, b] = [await found.bootstrap({ resamples: 8 }), await loaded.bootstrap({ resamples: 8 })];
    expect(b.samples.alpha).toEqual(a.samples.alpha);
  });

  test("takes other multiples, and a base of asymmetric settles as well", () => {
    const wide = fit(chinchilla, sweep(0.01), { loss: adaptiveHuber({ sigmas: 3 }) });
    expect(deltaOf(wide) / deltaOf(found)).toBeGreaterThan(1.8);
    const floor = fit(chinchilla, sweep(0.01), { loss: asymmetric(adaptiveHuber(), { over: 10 }) });
    expect(floor.options.loss!.label).toMatch(/^asymmetric\(huber\(0\.\d+ = 1\.345 sigma\), over 10\)$/);
  });

  test("is nearly as sharp as least squares under Gaussian noise, where huber(1e-3) is not", () => {
    const spread = (loss?: ReturnType<typeof huber>) => {
      const values = Array.from({ length: 150 }, (_, seed) => {
        const { parameters } = fit(chinchilla, sweep(0.01, seed + 10), { loss });
        return predict(chinchilla, parameters, { nParams: 7e10, nTokens: 1e12 });
      });
      const middle = values.reduce((sum, v) => sum + v, 0) / values.length;
      return values.reduce((sum, v) => sum + (v - middle) ** 2, 0);
    };
    const least = spread(squared());
    expect(least / spread()).toBeGreaterThan(0.85);
    expect(least / spread(huber(1e-3))).toBeLessThan(0.85);
  });
});

test("a number of sigmas that is none is refused", () => {
  for (const sigmas of [0, -1, Number.NaN, Infinity]) {
    expect(() => adaptiveHuber({ sigmas })).toThrow("sigmas of adaptiveHuber must be");
  }
  expect(() => adaptiveHuber({ sigma: 2 } as object)).toThrow(/sigma/);
  expect(() => huber(undefined as unknown as number)).toThrow("delta of huber must be");
});
