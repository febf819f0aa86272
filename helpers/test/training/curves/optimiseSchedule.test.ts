import { luo2025, multiPowerLaw, optimiseSchedule, predictCurve, withParameters } from "isoflop";
import { expect, test } from "vitest";
import { finalLoss } from "../../../src/training/curves/finalLoss.ts";

const constants = luo2025["100M"];

test("the final loss is the law's at the last step, and its slope that of finite differences", () => {
  const rates = Float64Array.from({ length: 40 }, (_, k) =>
    k < 5 ? (3e-4 * k) / 5 : 3e-4 * (1 - k / 45) ** 0.7,
  );
  const slope = new Float64Array(40);
  const loss = finalLoss(constants, rates, 0, slope);
  expect(loss).toBeCloseTo(
    withParameters(multiPowerLaw([rates]), constants).predict({ run: 0, step: 39 }),
    10,
  );
  for (let k = 1; k < 40; k++) {
    const at = (shift: number) => {
      const moved = rates.slice();
      moved[k]! *= 1 + shift;
      return finalLoss(constants, moved, 0, new Float64Array(40));
    };
    const difference = (at(1e-5) - at(-1e-5)) / (2e-5 * rates[k]!);
    expect(Math.abs(slope[k]! / difference - 1)).toBeLessThan(1e-6);
  }
});

test("of all schedules of four steps on a fine grid none ends lower", () => {
  const best = optimiseSchedule(constants, { steps: 3, peak: 3e-4, areaBefore: 1 });
  const slope = new Float64Array(4);
  const grid = Array.from({ length: 49 }, (_, i) => 3e-4 * Math.exp(-i / 6));
  let least = Infinity;
  for (const [i, a] of grid.entries())
    for (let j = i; j < grid.length; j++)
      for (let k = j; k < grid.length; k++)
        least = Math.min(least, finalLoss(constants, Float64Array.of(3e-4, a, grid[j]!, grid[k]!), 1, slope));
  expect(best.loss).toBeLessThan(least + 1e-6);
  expect(best.loss).toBeGreaterThan(least - 1e-3);
});

test("the schedule warms up, never rises after it, and its loss is what the law predicts", () => {
  const best = optimiseSchedule(constants, { steps: 1500, peak: 3e-4, warmup: 150 });
  expect(best.rates).toHaveLength(1501);
  expect([best.rates[0], best.rates[75], best.rates[150]]).toEqual([0, expect.closeTo(1.5e-4, 15), 3e-4]);
  for (let k = 151; k <= 1500; k++)
    expect(best.rates[k]!).toBeLessThanOrEqual(best.rates[k - 1]! * (1 + 1e-12));
  expect(predictCurve(constants, best.rates, { steps: [1500] })[0]!.loss).toBeCloseTo(best.loss, 6);
  expect(best.loss).toBeLessThan(best.constantLoss);
  expect(best.decayStart).toBeGreaterThan(500);
});

test("steps, peak and warm-up out of their domains are refused", () => {
  expect(() => optimiseSchedule(constants, { steps: 1, peak: 1 })).toThrow("steps must be a whole number");
  expect(() => optimiseSchedule(constants, { steps: 10, peak: 0 })).toThrow("peak must be a number > 0");
  expect(() => optimiseSchedule(constants, { steps: 10, peak: 1, warmup: 10 })).toThrow("warmup must be");
  expect(() => optimiseSchedule(constants, { steps: 10, peak: 1, areaBefore: -1 })).toThrow(
    "areaBefore must be",
  );
});
