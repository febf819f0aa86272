import fc from "fast-check";
import { cooldownCost } from "isoflop";
import { expect, test } from "vitest";

test("three horizons of 3, 7 and 10 with cooldowns of a fifth cost .6 of three runs", () => {
  const cost = cooldownCost({ horizons: [7, 3, 10], fraction: 0.2 });
  expect(cost.separate).toBe(20);
  expect(cost.reused).toBeCloseTo(12, 12);
  expect(cost.ratio).toBeCloseTo(0.6, 12);
  expect(cost.branches).toEqual([
    { horizon: 10, from: 8, added: 10 },
    { horizon: 7, from: expect.closeTo(5.6, 12), added: expect.closeTo(1.4, 12) },
    { horizon: 3, from: expect.closeTo(2.4, 12), added: expect.closeTo(0.6, 12) },
  ]);
});

test("the ratio does not depend on the unit or the order, and one horizon saves nothing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e20, noNaN: true }),
      (horizons, fraction, unit) => {
        const { ratio } = cooldownCost({ horizons, fraction });
        const scaled = cooldownCost({ horizons: horizons.map((h) => h * unit).reverse(), fraction });
        expect(scaled.ratio / ratio).toBeCloseTo(1, 9);
        expect(ratio).toBeLessThanOrEqual(1 + 1e-12);
        expect(cooldownCost({ horizons: [horizons[0]!], fraction }).ratio).toBe(1);
      },
    ),
    { seed: 4 },
  );
});

test("no horizons, horizons that are no lengths and fractions beyond 1 are refused", () => {
  expect(() => cooldownCost({ horizons: [], fraction: 0.2 })).toThrow("horizons must be a list of lengths");
  expect(() => cooldownCost({ horizons: [1, -2], fraction: 0.2 })).toThrow(
    "horizons[1] must be a number > 0, got -2",
  );
  expect(() => cooldownCost({ horizons: [1, 2], fraction: 20 })).toThrow(
    "fraction must lie in (0, 1], got 20",
  );
});
