import fc from "fast-check";
import { leastSquares } from "isoflop";
import { linearRegression } from "simple-statistics";
import { expect, test } from "vitest";

test("one column agrees with simple-statistics", () => {
  const x = [1, 2, 4, 8, 16];
  const y = [2.1, 2.9, 5.2, 8.8, 17.3];
  const { m, b } = linearRegression(x.map((value, i) => [value, y[i]!]));
  const { coefficients } = leastSquares([x], y);
  expect(coefficients[0]).toBeCloseTo(b, 12);
  expect(coefficients[1]).toBeCloseTo(m, 12);
});

test("points on a plane give the plane back, without error", () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(value, value, value, (c0, c1, c2) => {
      const u = [0, 1, 0, 1, 3, -2];
      const v = [0, 0, 1, 2, -1, 5];
      const y = u.map((first, i) => c0 + c1 * first + c2 * v[i]!);
      const { coefficients } = leastSquares([u, v], y);
      [c0, c1, c2].forEach((c, i) => void expect(coefficients[i]).toBeCloseTo(c, 8));
    }),
    { seed: 6 },
  );
});

// R: summary(lm(y ~ x1 + x2)); the same by scipy.linalg with the textbook covariance s^2 (X'X)^-1.
test("standard errors are those of the textbook covariance", () => {
  const x = [1, 2, 3, 4];
  const y = [1, 3, 2, 5];
  const { coefficients, standardErrors, r2 } = leastSquares([x], y);
  // slope 1.1, residual sum of squares 2.7, s^2 = 1.35, Sxx = 5
  expect(coefficients[1]).toBeCloseTo(1.1, 12);
  expect(standardErrors[1]).toBeCloseTo(Math.sqrt(1.35 / 5), 12);
  expect(standardErrors[0]).toBeCloseTo(Math.sqrt(1.35 * (1 / 4 + 6.25 / 5)), 12);
  expect(r2).toBeCloseTo(1 - 2.7 / 8.75, 12);
});

test("collinear columns, too few points and unequal lengths are refused", () => {
  expect(() =>
    leastSquares(
      [
        [1, 2, 3, 4],
        [2, 4, 6, 8],
      ],
      [1, 2, 3, 5],
    ),
  ).toThrow("combination of the others");
  expect(() => leastSquares([[1, 1, 1]], [1, 2, 3])).toThrow("constant");
  expect(() => leastSquares([[1]], [1])).toThrow("2 coefficients need at least as many points, got 1");
  expect(() => leastSquares([[1, 2]], [1, 2, 3])).toThrow("every column must have 3 values");
});
