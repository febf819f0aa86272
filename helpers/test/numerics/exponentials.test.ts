import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exp } from "../../src/numerics/exp.ts";
import { logRatio } from "../../src/numerics/logRatio.ts";

/** The distance of a double above 0 to the next. */
const unit = (value: number) => Math.max(2 ** (Math.floor(Math.log2(value)) - 52), Number.MIN_VALUE);

describe("exp", () => {
  test("is within two units in the last place of Math.exp, wherever that is finite", () => {
    fc.assert(
      fc.property(fc.double({ min: -750, max: 709.7, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(2 * unit(Math.exp(x)));
      }),
      { numRuns: 5000 },
    );
  });

  test("e^a e^-a is 1, and a doubling of the argument a square", () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: 300, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) * exp(-x) - 1)).toBeLessThan(1e-15);
        expect(Math.abs(exp(2 * x) / exp(x) ** 2 - 1)).toBeLessThan(1.5e-15);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([0, -0, 1e-300, 5e-324, 1e300, -1e300, Infinity, -Infinity, Number.NaN, 700.5, -745, 709.9])(
    "at %s it is Math.exp",
    (x) => {
      expect(exp(x)).toBe(Math.exp(x));
    },
  );
});

describe("logRatio", () => {
  test("is ln a/b to its last digits where a is near b, which ln a - ln b is not", () => {
    const positive = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(positive, fc.double({ min: -0.2, max: 0.2, noNaN: true }), (b, share) => {
        const a = b * (1 + share);
        // a - b is exact where the two are within a factor of 2.
        const expected = Math.log1p((a - b) / b);
        const near = Math.abs(a - b) / (a + b) < 0.05;
        // Six roundings of 1.1e-16 on the way of both; logarithms that are off by an ulp each, 2.2e-16.
        const slack = near ? 6.7e-16 * Math.abs(expected) : 6.7e-16 * (Math.abs(Math.log(b)) + 1);
        expect(Math.abs(logRatio(a, b, Math.log(b)) - expected)).toBeLessThanOrEqual(slack);
      }),
      { numRuns: 5000, examples: [[2.79630300522384e36, -0.000008120386284671266]] },
    );
  });

  test("is what logarithms give where there is no number", () => {
    expect(logRatio(-1, 2, Math.LN2)).toBeNaN();
    expect(logRatio(Number.NaN, 2, Math.LN2)).toBeNaN();
    expect(logRatio(0, 2, Math.LN2)).toBe(-Infinity);
    expect(logRatio(Infinity, 2, Math.LN2)).toBe(Infinity);
  });
});
