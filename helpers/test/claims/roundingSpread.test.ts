import { roundingSpread } from "isoflop";
import { expect, test } from "vitest";

const rows = [{ loss: 2.31 }, { loss: 0.084 }, { loss: 0 }];

test("a figure moves by its unit over the root of twelve, whatever its size", () => {
  const spread = roundingSpread(rows, { fields: ["loss"], digits: 3, repeats: 4000 }, (drawn) => ({
    large: drawn[0]!.loss,
    small: drawn[1]!.loss,
    zero: drawn[2]!.loss,
  }));
  expect(spread.large / (0.01 / Math.sqrt(12))).toBeCloseTo(1, 1);
  expect(spread.small / (0.0001 / Math.sqrt(12))).toBeCloseTo(1, 1);
  expect(spread.zero).toBe(0);
});

test("the same seed gives the same spread, and rows are left as they were", () => {
  const once = () =>
    roundingSpread(rows, { fields: ["loss"], digits: 3 }, (drawn) => ({ sum: drawn[0]!.loss }));
  expect(once()).toEqual(once());
  expect(rows[0]).toEqual({ loss: 2.31 });
});

test("what cannot be drawn is refused", () => {
  const sum = () => ({ a: 1 });
  expect(() => roundingSpread(rows, { fields: ["lost"], digits: 3 }, sum)).toThrow(
    "lost must be a finite number, got undefined in row 0",
  );
  expect(() => roundingSpread(rows, { fields: ["loss"], digits: 0 }, sum)).toThrow(
    "digits must be a whole number >= 1",
  );
  expect(() => roundingSpread(rows, { fields: ["loss"], digits: 3, repeats: 1 }, sum)).toThrow("repeats");
  expect(() => roundingSpread({} as never, { fields: ["loss"], digits: 3 }, sum)).toThrow(
    "needs an array of records",
  );
});
