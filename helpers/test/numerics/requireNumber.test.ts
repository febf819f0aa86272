import { expect, test } from "vitest";
import * as check from "../../src/numerics/arguments/requireNumber.ts";

const row = { in: "row 3" };

test.each<[string, (value: number) => void, accepted: number[], refused: number[], message: string]>([
  [
    "requirePositive",
    (v) => void check.requirePositive("x", v, "give a count"),
    [1e-300, 7e9],
    [0, -1, NaN, Infinity],
    "x must be a number > 0, got 0; give a count",
  ],
  [
    "requirePositive in a row",
    (v) => void check.requirePositive("x", v, row),
    [1],
    [Infinity, 0],
    "x must be a finite number > 0, got Infinity in row 3; drop it or fix the file",
  ],
  [
    "requireNonNegative",
    (v) => check.requireNonNegative("x", v, row),
    [0, 1],
    [-1, NaN, Infinity],
    "x must be a finite number >= 0, got -1 in row 3; drop it or fix the file",
  ],
  [
    "requireAbove",
    (v) => check.requireAbove("x", v, 1, "2 is usual"),
    [1.5],
    [1, NaN, Infinity],
    "x must be > 1, got 1; 2 is usual",
  ],
  [
    "requireAtLeast",
    (v) => check.requireAtLeast("x", v, 1, "2 is usual"),
    [1, 2],
    [0.5, NaN],
    "x must be >= 1, got 0.5; 2 is usual",
  ],
  [
    "requireWhole",
    (v) => check.requireWhole("x", v, 2, "give a count"),
    [2, 3],
    [1, 2.5, 1e17],
    "x must be a whole number >= 2, got 1; give a count",
  ],
  [
    "requireWholeBetween",
    (v) => check.requireWholeBetween("x", v, 2, 4, row),
    [2, 4],
    [5, 1, 3.5],
    "x must be a whole number between 2 and 4, got 5 in row 3; drop it or fix the file",
  ],
  [
    "requireBetween",
    (v) => check.requireBetween("x", v, 2, 4, "see the table"),
    [2, 2.5, 4],
    [1.9, NaN],
    "x must lie between 2 and 4, got 1.9; see the table",
  ],
  [
    "requireFraction",
    (v) => check.requireFraction("x", v),
    [0, 1],
    [40, NaN],
    "x must lie between 0 and 1, got 40; divide percentages by 100",
  ],
  [
    "requireEfficiency",
    (v) => check.requireEfficiency("x", v),
    [1e-3, 1],
    [0, 40],
    "x must lie in (0, 1], got 0; divide percentages by 100",
  ],
  [
    "requireLevel",
    (v) => check.requireLevel(v),
    [0.5],
    [1, 0, NaN],
    "level must be between 0 and 1, got 1; 0.95 is usual",
  ],
])("%s names the value, the domain and the way out", (_, run, accepted, refused, message) => {
  for (const value of accepted) run(value);
  expect(() => run(refused[0]!)).toThrow(new RangeError(message));
  for (const value of refused) expect(() => run(value)).toThrow(RangeError);
});

test("text that looks like a number is no number", () => {
  expect(() => check.requirePositive("x", "7" as unknown as number, "give a count")).toThrow(RangeError);
  expect(() => check.requireWhole("x", "7" as unknown as number, 1, "give a count")).toThrow(RangeError);
});
