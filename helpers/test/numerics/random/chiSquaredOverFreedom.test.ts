import { expect, test } from "vitest";
import { chiSquaredOverFreedom } from "../../../src/numerics/random/chiSquaredOverFreedom.ts";
import { Random } from "../../../src/numerics/random/Random.ts";

test.each([1, 5, 30, 31, 235])(
  "with %i degrees of freedom the mean is 1 and the variance 2 over them",
  (freedom) => {
    const n = 40_000;
    const draws = Array.from({ length: n }, (_, k) => chiSquaredOverFreedom(new Random(7, k), freedom));
    const mean = draws.reduce((sum, x) => sum + x, 0) / n;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Four standard errors; the variance of chi² itself has an excess of 12 over the degrees of freedom.
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(2 / freedom / n));
    expect(Math.abs((variance * freedom) / 2 - 1)).toBeLessThan(4 * Math.sqrt((2 + 12 / freedom) / n));
  },
);
