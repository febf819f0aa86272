import fc from "fast-check";
import { leastSquares } from "isoflop";
import { linearRegression } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { fixture, relativeError } from "../fixture.ts";

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

interface ExactFit {
  readonly name: string;
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  /** Of the centred columns at unit length. */
  readonly condition: number;
  /** Largest relative error of LAPACK's coefficients from those columns. */
  readonly lapackError: number;
}

const worst = (found: readonly number[], exact: readonly number[]) =>
  Math.max(...found.map((value, k) => relativeError(value, exact[k]!)));

describe("against exact rational arithmetic", () => {
  test.each(fixture<ExactFit[]>("leastSquares"))(
    "$name: coefficients within a digit of LAPACK's, standard errors as good as the condition allows",
    ({ columns, y, coefficients, standardErrors, condition, lapackError }) => {
      const found = leastSquares(columns, y);
      expect(worst(found.coefficients, coefficients)).toBeLessThan(10 * lapackError + 1e-14);
      expect(worst(found.standardErrors, standardErrors)).toBeLessThan(
        condition ** 2 * Number.EPSILON + 1e-14,
      );
    },
  );

  test("Longley's data give the values that NIST certifies to 15 digits", () => {
    const longley = fixture<ExactFit[]>("leastSquares").find(({ name }) => name === "Longley")!;
    const { coefficients, standardErrors, r2 } = leastSquares(longley.columns, longley.y);
    const certified = [
      [-3482258.63459582, 890420.383607373],
      [15.0618722713733, 84.9149257747669],
      [-0.035819179292591, 0.0334910077722432],
      [-2.02022980381683, 0.488399681651699],
      [-1.03322686717359, 0.214274163161675],
      [-0.0511041056535807, 0.22607320006937],
      [1829.15146461355, 455.478499142212],
    ];
    certified.forEach(([coefficient, error], k) => {
      expect(relativeError(coefficients[k]!, coefficient!)).toBeLessThan(1e-13);
      expect(relativeError(standardErrors[k]!, error!)).toBeLessThan(1e-12);
    });
    expect(relativeError(r2, 0.995479004577296)).toBeLessThan(1e-14);
  });
});

test("a column that is constant but for rounding is refused, wherever it stands", () => {
  const y = [1, 2, 4, 3];
  expect(() => leastSquares([[0.1, 0.1, 0.1, 0.1]], y)).toThrow("column 1 is constant");
  expect(() => leastSquares([[1, 5, 2, 8], Array(4).fill(1 / 3)], y)).toThrow("column 2 is constant");
});
