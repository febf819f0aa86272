import fc from "fast-check";
import { expect, test } from "vitest";
import { choleskyInverse } from "../../../src/numerics/linear/cholesky.ts";
import { upperFactor, upperInverse, upperSolve } from "../../../src/numerics/linear/upperFactor.ts";
import { Random } from "../../../src/numerics/random/Random.ts";

function positive(q: number, seed: number): Float64Array {
  const random = new Random(seed, q);
  const b = Float64Array.from({ length: q * q }, () => random.normal());
  const a = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      for (let k = 0; k < q; k++) a[i * q + j]! += b[i * q + k]! * b[j * q + k]!;
    }
    a[i * q + i]! += 1;
  }
  return a;
}

test("factor, solution and inverse agree with those of cholesky.ts at every size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), fc.nat(1e6), (q, seed) => {
      const a = positive(q, seed);
      const expected = choleskyInverse(a, q)!;
      const factor = a.slice();
      expect(upperFactor(factor, q)).toBe(true);
      const inverse = upperInverse(factor, q);
      const b = Float64Array.from({ length: q }, (_, i) => Math.sin(i + seed));
      const x = b.slice();
      upperSolve(factor, q, x);
      for (let i = 0; i < q; i++) {
        let product = 0;
        for (let j = 0; j < q; j++) {
          expect(inverse[i * q + j]!).toBeCloseTo(expected[i * q + j]!, 9);
          product += a[i * q + j]! * x[j]!;
        }
        expect(product).toBeCloseTo(b[i]!, 8);
      }
    }),
    { numRuns: 40 },
  );
});

test("only the upper triangle is read", () => {
  const a = Float64Array.of(4, 2, Number.NaN, 5);
  expect(upperFactor(a, 2)).toBe(true);
  expect([a[0], a[1], a[3]]).toEqual([2, 1, 2]);
});

test("a matrix that is not positive definite has no factor", () => {
  expect(upperFactor(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
  expect(upperFactor(Float64Array.of(Number.NaN), 1)).toBe(false);
});
