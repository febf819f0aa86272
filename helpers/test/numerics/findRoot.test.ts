import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRoot } from "../../src/numerics/findRoot.ts";
import { minimiseScalar } from "../../src/numerics/minimiseScalar.ts";
import { relativeError } from "./fixture.ts";

describe("findRoot", () => {
  test("finds a rising function's root or the number next to it", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (root) => {
        expect(
          relativeError(
            findRoot((x) => x - root, 0, 2e6),
            root,
          ),
        ).toBeLessThan(2.3e-16);
      }),
      { seed: 8 },
    );
    expect(Math.abs(findRoot((x) => Math.exp(x) - 5, 0, 10) - Math.log(5))).toBeLessThan(4e-16);
  });

  test("comes to an end at a root of 0, and at an end of the interval where the function has one sign", () => {
    expect(Math.abs(findRoot((x) => x, -1, 2))).toBeLessThan(1e-29);
    expect(findRoot(() => -1, 0, 1)).toBe(1);
    expect(findRoot(() => 1, 1, 2)).toBe(1);
  });
});

describe("minimiseScalar", () => {
  test("knows the minimum of a loss over ln N far better than the root of rounding", () => {
    for (const [A, alpha, B, beta, logProduct] of [
      [406.4, 0.336, 410.7, 0.283, 50],
      [482, 0.3478, 2085, 0.3658, 45],
      [20, 0.1, 30, 0.7, 55],
    ] as const) {
      const loss = (x: number) => 1.7 + A * Math.exp(-alpha * x) + B * Math.exp(-beta * (logProduct - x));
      // Where alpha A exp(-alpha x) = beta B exp(-beta (p - x)).
      const exact = (Math.log((alpha * A) / (beta * B)) + beta * logProduct) / (alpha + beta);
      expect(Math.abs(minimiseScalar(loss, 0, logProduct) - exact)).toBeLessThan(2e-10);
    }
  });

  test("beside a wall, and at a corner, it is as good as golden section", () => {
    // Least at x = 1e-3, and infinite at 0: five points do not see that curve.
    const wall = (x: number) => (x > 0 ? 1e-6 / x + x : Infinity);
    expect(Math.abs(minimiseScalar(wall, 0, 1) - 1e-3)).toBeLessThan(1e-7);
    const corner = (x: number) => (x < 0.3 ? 3 * (0.3 - x) : x - 0.3);
    expect(Math.abs(minimiseScalar(corner, -1, 1) - 0.3)).toBeLessThan(2e-9);
  });

  test("of two valleys takes the deeper one, and of a slope the end", () => {
    const valleys = (x: number) => Math.min((x - 1) ** 2, (x - 4) ** 2 - 0.1);
    expect(minimiseScalar(valleys, 0, 5)).toBeCloseTo(4, 9);
    expect(minimiseScalar((x) => x, 2, 3)).toBe(2);
    expect(minimiseScalar((x) => -x, 2, 3)).toBe(3);
  });
});
