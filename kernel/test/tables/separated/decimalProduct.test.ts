import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalProduct } from "../../../src/tables/separated/decimalProduct.ts";

const number = (high: number, count: number, low: number, scale: number) =>
  Number(`${high}${count === 0 ? "" : String(low).padStart(count, "0")}e${scale}`);

const parts = fc
  .tuple(
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    fc.integer({ min: 1, max: 15 }),
    fc.integer({ min: -22, max: 22 }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  )
  .map(([high, count, scale, share]) => ({ high, count, low: Math.floor(share * 10 ** count), scale }));

test("it is the nearest double, as JavaScript reads the same digits, or leaves the number to that", () => {
  let left = 0;
  fc.assert(
    fc.property(parts, ({ high, count, low, scale }) => {
      const found = decimalProduct(high, count, low, scale);
      if (Number.isNaN(found)) left += 1;
      else expect(found).toBe(number(high, count, low, scale));
    }),
    { numRuns: 50_000, seed: 5 },
  );
  // fast-check likes round numbers, of which some lie in the middle of two doubles.
  expect(left).toBeLessThan(1000);
});

test("a number in the middle of two doubles, and one a digit beside it, are not guessed", () => {
  // 2 ** 53 + 1 is in the middle; 2 ** 53 is 9007199254740992.
  for (const [high, count, low, scale] of [
    [900719925474099, 1, 3, 0],
    [900719925474099, 3, 300, -2],
    [900719925474099, 15, 300000000000001, -14],
    [900719925474099, 15, 299999999999999, -14],
  ] as const) {
    const found = decimalProduct(high, count, low, scale);
    if (!Number.isNaN(found)) expect(found).toBe(number(high, count, low, scale));
  }
  expect(decimalProduct(900719925474099, 1, 3, 0)).toBeNaN();
});

test("numbers as JavaScript prints them come back", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e20, noNaN: true }), (value) => {
      const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
      const digits = `${whole ?? ""}${fraction}`.replace(/^0+/, "");
      if (whole === undefined || digits.length < 16) return;
      const found = decimalProduct(
        Number(digits.slice(0, 15)),
        digits.length - 15,
        Number(digits.slice(15)),
        -fraction.length,
      );
      // Whole numbers beyond 2 ** 53 can lie in the middle.
      if (value < 2 ** 53 || !Number.isNaN(found)) expect(found).toBe(value);
    }),
    { numRuns: 20_000, seed: 6 },
  );
});
