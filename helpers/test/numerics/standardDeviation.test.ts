import { expect, test } from "vitest";
import { standardDeviation } from "../../src/numerics/standardDeviation.ts";

test("has n - 1 below, and equal values do not scatter, whatever the rounding of their mean", () => {
  expect(standardDeviation(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toBeCloseTo(Math.sqrt(32 / 7), 15);
  expect(standardDeviation(new Float64Array(60).fill(1.69))).toBe(0);
  expect(standardDeviation(Float64Array.of(1))).toBeNaN();
});
