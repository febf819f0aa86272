import fc from "fast-check";
import { expect, test } from "vitest";
import { median } from "../../src/numerics/median.ts";
import { Random } from "../../src/numerics/random/Random.ts";

/** By sorting all. */
function bySorting(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length / 2;
  return Number.isInteger(half)
    ? sorted[half - 1]! + 0.5 * (sorted[half]! - sorted[half - 1]!)
    : sorted[Math.floor(half)]!;
}

test("of any few numbers it is the middle of the sorted ones", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      (numbers) => {
        const values = Float64Array.from(numbers, (value) => value / 2);
        expect(median(values)).toBe(bySorting(values));
      },
    ),
  );
  expect(median(new Float64Array())).toBeNaN();
});

// In steps of the part that is looked at first, so that it is no sample of the whole.
test.each([
  ["drawn", (_k: number, uniform: number) => uniform],
  ["heavy tails", (_k: number, uniform: number) => Math.tan(Math.PI * (uniform - 0.5))],
  ["sorted", (k: number) => k],
  ["sorted downwards", (k: number) => -k],
  ["all the same", () => 7],
  ["two values", (k: number) => k % 2],
  ["mostly ties", (_k: number, uniform: number) => Math.max(0, Math.floor(uniform * 4) - 1)],
  ["a part that is no sample", (k: number, uniform: number) => (k % 5 === 0 ? 1e9 + uniform : uniform)],
  ["a step in the midst", (k: number, uniform: number) => (k < 50_001 ? -1 : 1) * uniform],
])("of a hundred thousand numbers, %s, it is as exact", (_, value) => {
  for (const n of [100_000, 100_001]) {
    const random = new Random(3, n);
    const values = Float64Array.from({ length: n }, (_unused, k) => value(k, random.uniform()));
    const before = values.slice();
    expect(median(values)).toBe(bySorting(values));
    expect(values).toEqual(before);
  }
});
