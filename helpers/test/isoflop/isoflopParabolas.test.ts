import fc from "fast-check";
import { isoflopParabolas } from "isoflop";
import { describe, expect, test } from "vitest";

const run = (flops: number, nParams: number, loss: number) => ({
  flops,
  nParams,
  nTokens: flops / (6 * nParams),
  loss,
});

describe("isoflopParabolas", () => {
  test("finds the vertex of an exact parabola, whatever its place, height and curvature", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e6, max: 1e11, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 12 }),
        (nParams, loss, curvature, offsets) => {
          const spread = [-2, -1, 0, 1, 2].map((base, i) => base + 0.1 * (offsets[i] ?? 0));
          const runs = spread.map((u) => run(1e20, nParams * Math.exp(u), loss + curvature * u * u));
          const [found] = isoflopParabolas(runs);
          expect(found!.nParams! / nParams).toBeCloseTo(1, 8);
          expect(found!.loss).toBeCloseTo(loss, 10);
          expect(found!.warnings).toEqual([]);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test("splits runs into budgets although compute varies by a few per cent", () => {
    const runs = [1.02e19, 3e20, 0.99e19, 1e19, 2.9e20, 3.1e20].map((flops, i) =>
      run(flops, 1e8 * 2 ** (i % 3), 3 + ((i * 7) % 5) / 10),
    );
    const budgets = isoflopParabolas(runs);
    expect(budgets.map((one) => one.runs.length)).toEqual([3, 3]);
    expect(budgets[0]!.flops).toBeCloseTo((1.02e19 * 0.99e19 * 1e19) ** (1 / 3), -10);
  });

  test("a stated budget comes back to the last digit", () => {
    const runs = [1, 2, 4].map((k) => run(3e19, k * 1e8, 3 + (k - 2) ** 2));
    expect(isoflopParabolas(runs)[0]!.flops).toBe(3e19);
  });

  test("says in words when a budget has no interior minimum", () => {
    const downwards = [1, 2, 4, 8].map((k) => run(1e19, k * 1e8, 3 - 0.1 * Math.log(k / 3) ** 2));
    expect(isoflopParabolas(downwards)[0]).toMatchObject({ nParams: null, loss: null });
    expect(isoflopParabolas(downwards)[0]!.warnings[0]).toMatch(/no interior minimum/);
    const oneSided = [1, 2, 4, 8].map((k) => run(1e19, k * 1e8, 3 + 0.1 * Math.log(k / 16) ** 2));
    expect(isoflopParabolas(oneSided)[0]!.warnings[0]).toMatch(/above the largest model trained/);
    const two = [1, 2].map((k) => run(1e19, k * 1e8, 3));
    expect(isoflopParabolas(two)[0]!.warnings[0]).toMatch(/three model sizes or more, has 2/);
  });

  test.each([
    ["nParams", 0],
    ["loss", Number.NaN],
    ["flops", -1],
  ])("refuses a run whose %s is %d and names it", (name, value) => {
    const runs = [run(1e19, 1e8, 3), { ...run(1e19, 2e8, 3), [name]: value }];
    expect(() => isoflopParabolas(runs)).toThrow(
      `${name} must be a finite number > 0, got ${value} in run 2`,
    );
  });
});
