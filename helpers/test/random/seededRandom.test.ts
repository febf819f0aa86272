import { expect, test } from "vitest";
import { seededRandom } from "../../src/numerics/random/seededRandom.ts";

test("the same seed and stream give the same numbers, another stream others", () => {
  const first = (seed: number, stream: number) => {
    const random = seededRandom(seed, stream);
    return Array.from({ length: 5 }, random);
  };
  expect(first(42, 3)).toEqual(first(42, 3));
  expect(first(42, 3)).not.toEqual(first(42, 4));
  expect(first(42, 3)).not.toEqual(first(43, 3));
});

test("the numbers are uniform on [0, 1): mean 1/2, variance 1/12, across streams too", () => {
  const values = Array.from({ length: 2000 }, (_, stream) => {
    const random = seededRandom(7, stream);
    return [random(), random(), random(), random(), random()];
  }).flat();
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  // Four standard errors of each at 10,000 draws.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.0116);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});
