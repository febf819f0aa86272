import {
  chinchilla,
  clark2022SBase,
  clarkFlooredRefit,
  clarkRefit,
  fineGrainedLaw,
  fit,
  flooredRoutedLaw,
  jointMoeLaw,
  krajewski2024,
  type Law,
  predict,
  routedLaw,
  saturatedExperts,
  sparsityLaw,
  squared,
  withParameters,
} from "isoflop";
import { clarkRoutedFinal } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runsOf = (wanted: string) =>
  clarkRoutedFinal().filter(
    ({ topK, routedShare, seed, router }) =>
      topK === 1 && routedShare === 0.5 && seed === 42 && (router === wanted || router === "Dense"),
  );
const runs = runsOf("S-Base");

describe("saturatedExperts", () => {
  test("one expert counts as start, infinitely many as max, and it rises in between", () => {
    const saturation = { start: 1.847, max: 314.478 };
    expect(saturatedExperts(1, saturation)).toBeCloseTo(1.847, 12);
    expect(saturatedExperts(Infinity, saturation)).toBe(314.478);
    const counts = [1, 2, 8, 64, 512, 1e6].map((count) => saturatedExperts(count, saturation));
    expect([...counts].sort((p, q) => p - q)).toEqual(counts);
  });

  test("with start 1 and no limit it is the number of experts itself", () => {
    for (const count of [1, 7, 512]) {
      expect(saturatedExperts(count, { start: 1, max: 1e15 })).toBeCloseTo(count, 9);
    }
  });

  test("refuses fewer than one expert and a max that is not above start", () => {
    expect(() => saturatedExperts(0, { start: 2, max: 300 })).toThrow("experts must be >= 1, got 0");
    expect(() => saturatedExperts(8, { start: 2, max: 2 })).toThrow("max must be > start, which is 2, got 2");
    expect(() => saturatedExperts(8, { start: -1, max: 2 })).toThrow("start must be a number > 0");
    expect(() => saturatedExperts(Number.NaN, { start: 2, max: 300 })).toThrow("experts must be >= 1");
  });
});

describe("routedLaw", () => {
  test("is the authors' formula in decimal logarithms", () => {
    const { a, b, c, d, start, max } = clark2022SBase.parameters;
    const [n, count] = [130e6, 64];
    const saturated = 1 / (1 / (count - 1 + 1 / (1 / start - 1 / max)) + 1 / max);
    const [lgN, lgE] = [Math.log10(n), Math.log10(saturated)];
    expect(clark2022SBase.predict({ nParams: n, experts: count })).toBeCloseTo(
      10 ** (a * lgN + b * lgE + c * lgN * lgE + d),
      12,
    );
  });

  // scipy 1.17: Nelder-Mead, then BFGS, best of 40 starts, on the sum of squares of ln L.
  const scipy = [
    ["S-Base", routedLaw as Law, 0.0032033009053425965],
    ["RL-R", routedLaw as Law, 0.0032619947792419833],
    ["Hash", routedLaw as Law, 0.002639563279079899],
    ["S-Base", flooredRoutedLaw as Law, 0.0007388476630587933],
    ["RL-R", flooredRoutedLaw as Law, 0.0008605908268838887],
    ["Hash", flooredRoutedLaw as Law, 0.0005735245002113918],
  ] as const;
  test.each(scipy)(
    "its fit to the public runs of %s reaches scipy's objective, with a floor too",
    (router, law, objective) => {
      const found = fit(law, runsOf(router), { loss: squared() });
      expect(found.status).toBe("converged");
      expect(found.objective / objective).toBeCloseTo(1, 11);
    },
  );

  test("in thousands of parameters the slopes stay and only level and b move", () => {
    const scaled = runs.map((run) => ({ ...run, nParams: run.nParams / 1000 }));
    const [found, other] = [runs, scaled].map((rows) => fit(routedLaw, rows, { loss: squared() }));
    expect(other!.objective / found!.objective).toBeCloseTo(1, 9);
    const [p, q] = [found!.parameters, other!.parameters];
    expect(q.a / p.a).toBeCloseTo(1, 5);
    expect(q.c / p.c).toBeCloseTo(1, 5);
    expect(q.start / p.start).toBeCloseTo(1, 4);
    expect(q.b).toBeCloseTo(p.b + 3 * p.c, 6);
    expect(q.d).toBeCloseTo(p.d + 3 * p.a, 6);
  });

  test("with one number of experts only there is nothing to tell start and max by, and the fit says so", () => {
    const dense = runs.filter(({ experts }) => experts === 64);
    expect(fit(routedLaw, dense, { loss: squared() }).status).toBe("not-identified");
  });

  test("a floor of 0 is the law without one", () => {
    const point = { nParams: 1e9, experts: 32 };
    const floored = withParameters(flooredRoutedLaw, { ...clarkRefit.parameters, floor: 0 });
    expect(floored.predict(point)).toBe(clarkRefit.predict(point));
  });
});

describe("what the other laws become at their limits", () => {
  test("fineGrainedLaw with infinitely fine experts keeps a / N^alpha", () => {
    const { c, a, b, alpha, beta } = krajewski2024.parameters;
    const point = { nParams: 1e10, nTokens: 1e11 };
    const chinchillas = predict(chinchilla, { E: c, A: a, B: b, alpha, beta }, point);
    expect(krajewski2024.predict({ ...point, granularity: 1e300 })).toBeCloseTo(chinchillas, 12);
    expect(krajewski2024.predict({ ...point, granularity: 1 })).toBeGreaterThan(chinchillas);
  });

  test("sparsityLaw of a dense model has its third term in the floor and its fourth as a term in size", () => {
    const theta = {
      e: 1,
      a: 1e4,
      b: 5e3,
      c: 0.5,
      d: 10,
      alpha: 0.5,
      beta: 0.4,
      lambda: -0.2,
      delta: 0.1,
      gamma: 0.2,
    };
    const [N, D] = [1e9, 1e11];
    expect(predict(sparsityLaw, theta, { nParams: N, nTokens: D, activeShare: 1 })).toBeCloseTo(
      1.5 + 1e4 * N ** -0.5 + 5e3 * D ** -0.4 + 10 * N ** -0.2,
      12,
    );
  });

  test("jointMoeLaw at one number of saturated experts is Chinchilla's law", () => {
    const theta = {
      c: 1.4,
      a: 30,
      b: 40,
      alpha: 0.18,
      beta: 0.17,
      delta: 0.2,
      gamma: -0.01,
      omega: -0.5,
      zeta: 0.03,
      start: 1,
      max: 300,
    };
    const point = { nParams: 1e9, nTokens: 1e11 };
    expect(predict(jointMoeLaw, theta, { ...point, experts: 1 })).toBeCloseTo(
      predict(chinchilla, { E: 1.4, A: 30, B: 40, alpha: 0.18, beta: 0.17 }, point),
      12,
    );
  });

  test.each([
    ["sparsityLaw", sparsityLaw as Law, "activeShare", [1, 0.5, 0.25, 0.1, 0.05], {}],
    ["jointMoeLaw", jointMoeLaw as Law, "experts", [1, 4, 16, 64], { start: 2, max: 300 }],
    ["flooredRoutedLaw", flooredRoutedLaw as Law, "experts", [1, 4, 16, 64], {}],
  ] as const)(
    "%s fitted to noisy runs in millions and billions predicts what it does in counts",
    (_, law, third, levels, fixed) => {
      const theta = {
        ...{
          e: 1,
          a: law === sparsityLaw ? 1e4 : 30,
          b: law === sparsityLaw ? 5e3 : 40,
          c: law === sparsityLaw ? 0.5 : 1.4,
        },
        ...{ d: 10, alpha: law === sparsityLaw ? 0.5 : 0.18, beta: law === sparsityLaw ? 0.4 : 0.18 },
        ...{ lambda: -0.2, gamma: law === sparsityLaw ? 0.2 : -0.01, delta: law === sparsityLaw ? 0.1 : 0.2 },
        ...{ omega: -0.5, zeta: 0.03, start: 2, max: 300 },
        ...(law === flooredRoutedLaw && clarkFlooredRefit.parameters),
      };
      const own = Object.fromEntries(
        law.parameters.map(({ name }) => [name, Reflect.get(theta, name) as number]),
      );
      const points = [1e8, 3e8, 1e9, 3e9].flatMap((nParams) =>
        [2e9, 8e9, 3e10, 1.2e11].flatMap((nTokens) =>
          levels.map((level) => ({ nParams, nTokens, [third]: level })),
        ),
      );
      const counts = points.map((point, k) => ({
        ...point,
        loss: predict(law, own, point) * (1 + 0.005 * Math.sin(7 * k * k + k)),
      }));
      const units = counts.map((run) => ({ ...run, nParams: run.nParams / 1e6, nTokens: run.nTokens / 1e9 }));
      const [first, second] = [counts, units].map((runs) =>
        fit(law, runs, { fixed, loss: squared() }).residuals(),
      );
      for (const [k, residual] of first!.entries()) expect(second![k]!).toBeCloseTo(residual, 6);
    },
  );

  test("a fit in billions gives the same loss as one in counts", () => {
    const points = [1e8, 1e9, 1e10].flatMap((nParams) =>
      [1e9, 1e10, 1e11].flatMap((nTokens) =>
        [1, 4, 16].map((granularity) => ({
          nParams,
          nTokens,
          granularity,
          loss: krajewski2024.predict({ nParams, nTokens, granularity }),
        })),
      ),
    );
    const billions = points.map((run) => ({
      ...run,
      nParams: run.nParams / 1e9,
      nTokens: run.nTokens / 1e9,
    }));
    const found = fit(fineGrainedLaw, billions, { loss: squared() });
    expect(Math.max(...found.residuals().map(Math.abs))).toBeLessThan(1e-6);
    expect(found.parameters.a / (18.1 * 1e9 ** -0.115)).toBeCloseTo(1, 4);
  });
});
