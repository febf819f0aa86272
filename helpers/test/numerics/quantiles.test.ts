import fc from "fast-check";
import { percentileInterval } from "isoflop";
import { describe, expect, test } from "vitest";
import { quantileOfSorted } from "../../src/numerics/quantile.ts";
import { robustSpread } from "../../src/numerics/robustSpread.ts";
import { typicalSize } from "../../src/numerics/typicalSize.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("quantiles", () => {
  test("interpolate between order statistics: numpy's and R's default", () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const sorted = Float64Array.from(list).sort();
        const position = share * (sorted.length - 1);
        const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
        const found = quantileOfSorted(sorted, share);
        expect(found).toBe(low + (position - Math.floor(position)) * (high - low));
      }),
      { seed: 1 },
    );
  });

  test("stay at the ends beyond them, do not mix an infinite neighbour in, and are NaN of nothing", () => {
    const sorted = Float64Array.of(1, 2, Infinity);
    expect([quantileOfSorted(sorted, -0.1), quantileOfSorted(sorted, 1.1)]).toEqual([1, Infinity]);
    expect(quantileOfSorted(sorted, 0.5)).toBe(2);
    expect(quantileOfSorted(new Float64Array(0), 0.5)).toBeNaN();
  });

  test.each([
    [[], 0.95, "an interval needs replicates, got none"],
    [[1, 2], 1, "level must be between 0 and 1, got 1; 0.95 is usual"],
    [[1, 2], Number.NaN, "level must be between 0 and 1, got NaN"],
  ])("the interval of %j at %d is refused", (list, level, message) => {
    expect(() => percentileInterval(list, level)).toThrow(message);
  });
});

describe("spreads", () => {
  test("the robust one is 1.4826 times the median distance from the median", () => {
    // median 3, distances 2 1 0 1 97: median 1.
    expect(robustSpread(Float64Array.of(1, 2, 3, 4, 100))).toBe(1.4826022185056018);
    // median 2.5, distances 1.5 .5 .5 1.5: median 1.
    expect(robustSpread(Float64Array.of(1, 2, 3, 4))).toBe(1.4826022185056018);
  });

  test("the typical size is the middle one of the sizes, and above 0 in any case", () => {
    expect(typicalSize(Float64Array.of(-5, 1, 2))).toBe(2);
    expect(typicalSize(Float64Array.of(-5, 1, 2, 3), 10)).toBe(30);
    expect(typicalSize(Float64Array.of(0, 0, 0, -7))).toBe(7);
    expect(typicalSize(new Float64Array(3))).toBe(1e-12);
  });
});
