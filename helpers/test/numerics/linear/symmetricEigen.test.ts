import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { symmetricEigen } from "../../../src/numerics/linear/symmetricEigen.ts";
import { fixture } from "../fixture.ts";

interface Gram {
  readonly name: string;
  readonly q: number;
  readonly matrix: readonly number[];
  readonly values: readonly number[];
  /** Of the matrix scaled to a unit diagonal. */
  readonly condition: number;
}

const sizes = fc.integer({ min: 1, max: 8 });
const symmetric = sizes.chain((q) =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: q * q, maxLength: q * q })
    .map((entries) => ({
      q,
      matrix: Float64Array.from({ length: q * q }, (_, at) => {
        const [i, j] = [Math.floor(at / q), at % q];
        return entries[Math.min(i, j) * q + Math.max(i, j)]!;
      }),
    })),
);

/** Largest entry of V' D V - A over A's largest, and of V V' - 1. */
function misfits(matrix: Float64Array, q: number): { rebuilt: number; orthonormal: number } {
  const { values, vectors } = symmetricEigen(matrix, q);
  const largest = matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  let [rebuilt, orthonormal] = [0, 0];
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      let [entry, product] = [0, 0];
      for (let k = 0; k < q; k++) {
        entry += values[k]! * vectors[k]![i]! * vectors[k]![j]!;
        product += vectors[i]![k]! * vectors[j]![k]!;
      }
      rebuilt = Math.max(rebuilt, Math.abs(entry - matrix[i * q + j]!) / (largest || 1));
      orthonormal = Math.max(orthonormal, Math.abs(product - (i === j ? 1 : 0)));
    }
  }
  return { rebuilt, orthonormal };
}

describe("eigenvalues and vectors of a symmetric matrix", () => {
  test("rebuild it, the vectors being orthonormal and the values ascending", () => {
    fc.assert(
      fc.property(symmetric, ({ q, matrix }) => {
        const { rebuilt, orthonormal } = misfits(matrix, q);
        expect(rebuilt).toBeLessThan(4e-15 * q);
        expect(orthonormal).toBeLessThan(4e-15 * q);
        const { values } = symmetricEigen(matrix, q);
        for (let k = 1; k < q; k++) expect(values[k]!).toBeGreaterThanOrEqual(values[k - 1]!);
      }),
      { seed: 3 },
    );
  });

  test("of a matrix of rank 1 are its trace and rounding", () => {
    const u = [1, -2, 3, 0.5, 1e-3];
    const matrix = Float64Array.from({ length: 25 }, (_, at) => u[Math.floor(at / 5)]! * u[at % 5]!);
    const { values } = symmetricEigen(matrix, 5);
    const trace = u.reduce((sum, entry) => sum + entry * entry, 0);
    expect(values[4]! / trace).toBeCloseTo(1, 14);
    for (const value of values.slice(0, 4)) expect(Math.abs(value) / trace).toBeLessThan(1e-15);
    expect(misfits(matrix, 5).rebuilt).toBeLessThan(2e-15);
  });

  test("of nothing, of one number and of a diagonal are what they must be", () => {
    expect(symmetricEigen(new Float64Array(0), 0)).toEqual({ values: new Float64Array(0), vectors: [] });
    expect(symmetricEigen(Float64Array.of(-7), 1).values[0]).toBe(-7);
    const { values, vectors } = symmetricEigen(Float64Array.of(3, 0, 0, 1e-200), 2);
    expect([...values]).toEqual([1e-200, 3]);
    expect(vectors.map((vector) => [...vector])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test.each(fixture<Gram[]>("symmetricEigen"))(
    "of a Gram matrix ($name, q = $q) keep the digits that the scaled condition $condition leaves, the least one too",
    ({ q, matrix, values, condition }) => {
      const found = symmetricEigen(Float64Array.from(matrix), q).values;
      values.forEach((value, k) => {
        // Demmel and Veselić 1992, theorem 3.1, with a modest constant; a method through a tridiagonal form has 1e16 here.
        expect(Math.abs(found[k]! / value - 1)).toBeLessThan(q * condition * Number.EPSILON);
      });
    },
  );
});
