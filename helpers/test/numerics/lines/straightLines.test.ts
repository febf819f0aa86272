import fc from "fast-check";
import { leastSquares, linearFit } from "isoflop";
import { describe, expect, test } from "vitest";
import { powerLine } from "../../../src/numerics/lines/powerLine.ts";
import { fixture, relativeError } from "../fixture.ts";

interface ExactFit {
  readonly name: string;
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
}

describe("linearFit", () => {
  test("agrees with least squares of one column: slope, intercept, R² and the slope's standard error", () => {
    const point = fc.tuple(fc.integer({ min: -50_000, max: 50_000 }), fc.integer({ min: -1000, max: 1000 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { minLength: 3, maxLength: 30, selector: ([, x]) => x }),
        (points) => {
          const xs = points.map(([, x]) => x);
          const ys = points.map(([y]) => y / 1000);
          fc.pre(new Set(ys).size > 1);
          const line = linearFit(xs, ys);
          const other = leastSquares([xs], ys);
          const scale = Math.max(...ys.map(Math.abs));
          expect(Math.abs(line.slope - other.coefficients[1]!)).toBeLessThan(1e-13 * scale);
          expect(Math.abs(line.intercept - other.coefficients[0]!)).toBeLessThan(1e-10 * scale);
          expect(line.r2).toBeCloseTo(other.r2, 9);
          expect(Math.abs(line.slopeStandardError - other.standardErrors[1]!)).toBeLessThan(1e-9 * scale);
        },
      ),
      { seed: 2 },
    );
  });

  test("over milliseconds since 1970 is the line over days, to rounding", () => {
    const { columns, y } = fixture<ExactFit[]>("leastSquares").find(({ name }) => name === "days and ln N")!;
    const days = columns[0]!;
    const byDay = linearFit(days, y);
    const byMillisecond = linearFit(
      days.map((day) => day * 86_400_000),
      y,
    );
    expect(relativeError(byMillisecond.slope * 86_400_000, byDay.slope)).toBeLessThan(2e-15);
    expect(
      relativeError(byMillisecond.slopeStandardError * 86_400_000, byDay.slopeStandardError),
    ).toBeLessThan(1e-13);
    expect(Math.abs(byMillisecond.r2 - byDay.r2)).toBeLessThan(1e-14);
  });

  test("of a constant y has no R², also where the mean is rounded", () => {
    expect(linearFit([0, 1, 2], [0.1, 0.1, 0.1]).r2).toBeNaN();
  });

  test.each([
    [[1], [1], "a line needs at least 2 points, got 1"],
    [[1, 2], [1], "xs and ys must have one length, got 2 and 1"],
    [[1, Number.NaN], [1, 2], "point 1 must be finite, got (NaN, 2); drop it"],
    [[0.1, 0.1, 0.1], [1, 2, 3], "all x equal 0.1; a line needs two different x"],
  ])("refuses %j, %j", (xs, ys, message) => {
    expect(() => linearFit(xs, ys)).toThrow(message);
  });
});

test("powerLine gives a power law back, and nothing for a single abscissa", () => {
  const x = [1e18, 3e19, 1e21, 5e22];
  const line = powerLine(
    x,
    x.map((flops) => 0.2 * flops ** 0.48),
  )!;
  expect(relativeError(line.p, 0.48)).toBeLessThan(1e-14);
  expect(relativeError(line.k, 0.2)).toBeLessThan(1e-12);
  expect(powerLine([2, 2], [1, 3])).toBeUndefined();
});
