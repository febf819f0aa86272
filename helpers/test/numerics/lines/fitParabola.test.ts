import { expect, test } from "vitest";
import { fitParabola } from "../../../src/numerics/lines/fitParabola.ts";
import { fixture, relativeError } from "../fixture.ts";

interface ExactParabola {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly curvature: number;
  readonly vertex: number;
}

test.each(fixture<ExactParabola[]>("parabola").map((one, k) => [k + 1, one] as const))(
  "isoFLOP curve %i: curvature and vertex are those of exact rational arithmetic to 1e-13",
  (_, { x, y, curvature, vertex }) => {
    const { centre, c1, c2 } = fitParabola(x, y)!;
    expect(relativeError(c2, curvature)).toBeLessThan(1e-13);
    expect(relativeError(centre - c1 / (2 * c2), vertex)).toBeLessThan(1e-13);
  },
);

test("three points are met exactly", () => {
  const { centre, c0, c1, c2 } = fitParabola([1, 2, 4], [3, 1, 9])!;
  for (const [x, y] of [
    [1, 3],
    [2, 1],
    [4, 9],
  ] as const) {
    const u = x - centre;
    expect(c0 + u * (c1 + u * c2)).toBeCloseTo(y, 13);
  }
});

test("two distinct x leave a parabola undetermined", () => {
  expect(fitParabola([1, 1, 2, 2], [1, 2, 3, 4])).toBeUndefined();
});
