import { describe, expect, test } from "vitest";
import { incompleteBeta } from "../../../src/numerics/distributions/incompleteBeta.ts";
import { chiSquaredTail } from "../../../src/numerics/distributions/incompleteGamma.ts";
import { logGamma, logGammaRise } from "../../../src/numerics/distributions/logGamma.ts";
import { normalCdf, normalQuantile } from "../../../src/numerics/distributions/normal.ts";
import { studentTCdf, studentTQuantile } from "../../../src/numerics/distributions/studentT.ts";
import { fixture, relativeError } from "../fixture.ts";

const exact = fixture<Record<"logGamma" | "normalTail", [x: number, value: number][]> & { rise: number[][] }>(
  "distributions",
);

describe("ln Gamma", () => {
  test("is exact to 2e-15, of its size where that is beyond 1, from 1e-10 to 1e6", () => {
    for (const [x, value] of exact.logGamma) {
      expect(Math.abs(logGamma(x) - value) / Math.max(1, Math.abs(value)), `${x}`).toBeLessThan(2e-15);
    }
  });

  test("rises from a to a + b without the cancellation of two large logarithms", () => {
    for (const [a, b, value] of exact.rise as [number, number, number][]) {
      // A difference of two values is as good as the larger of them; beyond a = 12 it is not taken.
      const size = a < 12 ? Math.max(1, logGamma(a + b)) : value;
      expect(Math.abs(logGammaRise(a, b) - value) / size, `${a}, ${b}`).toBeLessThan(2e-15);
    }
  });
});

test.each<{ x: number; df: number; tail: number }>(fixture("chi_squared"))(
  "the tail of chi-squared($df) beyond $x agrees with scipy to 1e-12",
  ({ x, df, tail }) => {
    expect(relativeError(chiSquaredTail(x, df), tail)).toBeLessThan(1e-12);
  },
);

describe("the incomplete beta function", () => {
  test("with whole parameters is a sum of binomial probabilities", () => {
    // P(X >= 3) of 10 throws at .3, which is I_.3(3, 8).
    let sum = 0;
    let coefficient = 1;
    for (let k = 0; k < 3; k++) {
      sum += coefficient * 0.3 ** k * 0.7 ** (10 - k);
      coefficient *= (10 - k) / (k + 1);
    }
    expect(relativeError(incompleteBeta(0.3, 0.7, 3, 8), 1 - sum)).toBeLessThan(1e-14);
  });

  test("is reflected at x = 1/2, and 0 and 1 at the ends", () => {
    expect(incompleteBeta(0.2, 0.8, 2.5, 0.5) + incompleteBeta(0.8, 0.2, 0.5, 2.5)).toBeCloseTo(1, 15);
    expect([incompleteBeta(0, 1, 2, 3), incompleteBeta(1, 0, 2, 3)]).toEqual([0, 1]);
  });
});

describe("the normal distribution", () => {
  test("has its lower tail to 1e-13 of its size, down to 37 standard deviations", () => {
    for (const [x, tail] of exact.normalTail) {
      expect(relativeError(normalCdf(x), tail), `${x}`).toBeLessThan(1e-13);
    }
  });

  test("has quantiles to 1e-13, in the far tail too", () => {
    for (const [x, tail] of exact.normalTail) {
      expect(Math.abs(normalQuantile(tail) - x) / Math.max(1, Math.abs(x)), `${tail}`).toBeLessThan(1e-13);
    }
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe("Student's t", () => {
  test("quantiles agree with 30 digits to 5e-14, for .1 to 1e7 degrees of freedom and shares of 1e-12 on", () => {
    for (const [freedom, share, t] of fixture<[number, number, number][]>("studentT")) {
      expect(relativeError(studentTQuantile(share, freedom), t), `${share}, ${freedom}`).toBeLessThan(5e-14);
    }
  });

  test("the distribution function is the quantile's inverse", () => {
    for (const [freedom, share, t] of fixture<[number, number, number][]>("studentT")) {
      // Above the median the share itself is only known to rounding.
      expect(Math.abs(studentTCdf(t, freedom) - share)).toBeLessThan(1e-13 * share + 2e-16);
    }
  });

  test("one and two degrees of freedom have closed forms", () => {
    expect(relativeError(studentTQuantile(0.975, 1), Math.tan(0.475 * Math.PI))).toBeLessThan(1e-14);
    // t = (2p - 1) / sqrt(2 p (1 - p))
    expect(relativeError(studentTQuantile(0.9, 2), 0.8 / Math.sqrt(0.18))).toBeLessThan(1e-14);
  });

  test("endless degrees of freedom are the normal distribution, and the ends of the shares are infinite", () => {
    expect(studentTQuantile(0.975, Infinity)).toBe(normalQuantile(0.975));
    expect(relativeError(studentTQuantile(0.975, 1e15), normalQuantile(0.975))).toBeLessThan(1e-13);
    expect([studentTQuantile(0, 3), studentTQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
    expect(studentTQuantile(Number.NaN, 3)).toBeNaN();
    expect(studentTQuantile(1e-12, 0.01)).toBe(-Infinity);
  });
});
