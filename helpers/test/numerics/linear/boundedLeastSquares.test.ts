import fc from "fast-check";
import { expect, test } from "vitest";
import { BoundedLeastSquares } from "../../../src/numerics/linear/boundedLeastSquares.ts";

const entry = fc.double({ min: -1, max: 1, noNaN: true });
const problems = fc.integer({ min: 1, max: 4 }).chain((m) =>
  fc.record({
    m: fc.constant(m),
    rows: fc.array(fc.array(entry, { minLength: m, maxLength: m }), { minLength: 6, maxLength: 9 }),
    h: fc.array(entry, { minLength: m, maxLength: m }),
    nonNegative: fc.array(fc.constantFrom(0, 1), { minLength: m, maxLength: m }),
  }),
);

test("up to four unknowns the answer meets the conditions of Karush, Kuhn and Tucker, which only the minimum does", () => {
  fc.assert(
    fc.property(problems, ({ m, rows, h, nonNegative }) => {
      // A ridge of 0.1: far from singular, so that a slope of 1e-10 is rounding.
      const g = Float64Array.from({ length: m * m }, (_, at) => {
        const [a, b] = [Math.floor(at / m), at % m];
        return rows.reduce((sum, row) => sum + row[a]! * row[b]!, a === b ? 0.1 : 0);
      });
      const c = new Float64Array(m);
      const value = new BoundedLeastSquares(m).solve(
        g,
        Float64Array.from(h),
        Uint8Array.from(nonNegative),
        c,
      );
      let expected = 0;
      for (let a = 0; a < m; a++) {
        let slope = -h[a]!;
        for (let b = 0; b < m; b++) slope += g[a * m + b]! * c[b]!;
        expected += c[a]! * (slope - h[a]!);
        if (nonNegative[a]) expect(c[a]).toBeGreaterThanOrEqual(0);
        // An unknown that lowers the value by less than 1e-13 of it may be left out: along it s²/g is all there is to gain.
        const rounding = 1e-10 + Math.sqrt(1e-13 * Math.abs(value) * g[a * m + a]!);
        if (nonNegative[a] && c[a] === 0) expect(slope).toBeGreaterThan(-rounding);
        else expect(Math.abs(slope)).toBeLessThan(rounding);
      }
      expect(Math.abs(value - expected)).toBeLessThan(1e-10);
    }),
    {
      numRuns: 500,
      examples: [
        [
          {
            m: 4,
            rows: Array.from({ length: 6 }, () => [0, 0, 0, 0]),
            h: [0, -0.007801671858968041, 1.257549598097138e-10, -4e-323],
            nonNegative: [0, 0, 0, 1],
          },
        ],
      ],
    },
  );
});
