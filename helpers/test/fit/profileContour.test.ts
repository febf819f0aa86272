import { chinchilla, fit, profileContour, profileContourFigure, squared } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { line, points, textbook } from "./lineLaw.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

describe("on a straight line", () => {
  const law = fit(line, points, { loss: squared(), residual: "raw" });
  const { a, b, s2, mx, sxx, n } = textbook(points);

  test("the region is the textbook's ellipse: the squares rise by 2 s^2 F", () => {
    for (const level of [0.5, 0.95]) {
      const { points: around, closes, estimate } = profileContour(law, "a", "b", { level, points: 16 });
      expect(closes).toBe(true);
      expect(estimate[0]).toBeCloseTo(a, 9);
      const quantile = ((n - 2) / 2) * ((1 - level) ** (-2 / (n - 2)) - 1);
      for (const { x, y } of around) {
        const rise = n * (x - a + (y - b) * mx) ** 2 + sxx * (y - b) ** 2;
        expect(rise / (2 * s2 * quantile)).toBeCloseTo(1, 2);
      }
    }
  });

  test("computed quantities have the region of the named ones, and the same quantity twice has none", () => {
    const named = profileContour(law, "a", "b", { points: 8 }).points;
    const computed = profileContour(
      law,
      (p) => p.a,
      (p) => p.b,
      { points: 8 },
    ).points;
    computed.forEach(({ x, y }, k) => {
      expect(x).toBeCloseTo(named[k]!.x, 3);
      expect(y).toBeCloseTo(named[k]!.y, 3);
    });
    expect(() => profileContour(law, "a", (p) => 2 * p.a)).toThrow("the two quantities are the same");
  });
});

describe("on Chinchilla's runs", () => {
  const law = fit(chinchilla, runs, { loss: squared() });

  test("each point costs what the level says in a fit with both held", () => {
    const { points: around } = profileContour(law, "alpha", "beta", { points: 8 });
    const wanted = 2 * (235 / 2) * (0.05 ** (-2 / 235) - 1) * (law.objective / 235);
    for (const { x, y } of around) {
      const held = fit(chinchilla, runs, { loss: squared(), fixed: { alpha: x, beta: y } });
      expect((held.objective - law.objective) / wanted).toBeCloseTo(1, 2);
    }
  });

  test("its shadow is wider than the interval of one parameter", () => {
    const { points: around } = profileContour(law, "alpha", "beta", { points: 24 });
    const [low, high] = law.profile("alpha").interval;
    expect(Math.min(...around.map(({ x }) => x))).toBeLessThan(low);
    expect(Math.max(...around.map(({ x }) => x))).toBeGreaterThan(high);
  });

  test("the figure tells levels apart by dash, and its table says how far each reaches", () => {
    const contours = [0.95, 0.5].map((level) => profileContour(law, "alpha", "beta", { level, points: 8 }));
    const figure = profileContourFigure(contours, {
      x: { title: "alpha" },
      y: { title: "beta" },
      caption: "Both exponents are known together.",
    });
    const dashes = figure.data.flatMap((trace) => ("line" in trace && trace.line?.dash) || []);
    expect(new Set(dashes).size).toBe(2);
    expect(figure.table.rows.map(([level]) => level)).toEqual(["50 %", "95 %"]);
    expect(figure.table.rows[0]![1]).toBeGreaterThan(figure.table.rows[1]![1] as number);
    expect(() => profileContourFigure([], { x: { title: "x" }, y: { title: "y" }, caption: "c" })).toThrow(
      "profileContourFigure needs a contour, got none",
    );
  });
});

test("a region that a bound cuts off says so", () => {
  const small = [2e7, 1e8, 5e8, 2e9].flatMap((nParams, i) =>
    [1e9, 4e9, 2e10, 1e11].map((nTokens, j) => ({
      nParams,
      nTokens,
      loss: (480 / nParams ** 0.35 + 2100 / nTokens ** 0.37) * Math.exp(0.02 * Math.sin(5 * i + 3 * j * j)),
    })),
  );
  const shifted = small.map((run) => ({ ...run, loss: run.loss + 0.05 }));
  const { closes, points: around } = profileContour(fit(chinchilla, shifted), "E", "alpha", { points: 8 });
  expect(closes).toBe(false);
  expect(Math.min(...around.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
});
