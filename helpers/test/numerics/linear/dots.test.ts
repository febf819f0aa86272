import fc from "fast-check";
import { expect, test } from "vitest";
import { dot } from "../../../src/numerics/linear/dot.ts";
import * as page from "../../../src/numerics/linear/dots.ts";
import { dots } from "../../../src/numerics/linear/hostDots.ts";

const numbers = (length: number) =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: length, maxLength: length });

test("every pair of vectors has its inner product, exact for whole numbers, in blocks and in a page", () => {
  const shapes = fc.record({ left: fc.nat(9), right: fc.nat(5), length: fc.nat(13) });
  const tables = shapes.chain(({ left, right, length }) =>
    fc.record({
      left: fc.array(numbers(length), { minLength: left, maxLength: left }),
      right: fc.array(numbers(length), { minLength: right, maxLength: right }),
    }),
  );
  fc.assert(
    fc.property(tables, ({ left, right }) => {
      const columns = (table: number[][]) => table.map((column) => Float64Array.from(column));
      const expected = right.flatMap((b) =>
        left.map((a) => a.reduce((sum, each, k) => sum + each * b[k]!, 0)),
      );
      for (const each of [dots, page.dots]) {
        const out = new Float64Array(left.length * right.length).fill(Number.NaN);
        each(columns(left), columns(right), out);
        expect([...out].map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
      }
      if (left[0] && right[0])
        expect(dot(Float64Array.from(left[0]), Float64Array.from(right[0]))).toBe(expected[0]! + 0);
    }),
  );
});
