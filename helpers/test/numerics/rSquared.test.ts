import { leastSquares, rSquared } from "isoflop";
import { expect, test } from "vitest";

test("rSquared of a least-squares line is that line's, of the mean 0, of the observations 1", () => {
  const [x, y] = [
    [1, 2, 3, 4],
    [2, 1, 5, 4],
  ];
  const { coefficients, r2 } = leastSquares([x!], y!);
  const line = x!.map((value) => coefficients[0]! + coefficients[1]! * value);
  expect(rSquared(y!, line)).toBeCloseTo(r2, 12);
  expect(rSquared(y!, [3, 3, 3, 3])).toBe(0);
  expect(rSquared(y!, y!)).toBe(1);
});

test("rSquared refuses lists of two lengths and observations that do not vary", () => {
  expect(() => rSquared([1, 2], [1])).toThrow("got 1 for 2");
  expect(() => rSquared([2, 2], [1, 2])).toThrow("must vary");
});
