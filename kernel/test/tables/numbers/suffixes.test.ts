import fc from "fast-check";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { numberOf, whyNoNumber } from "../../../src/tables/numbers/numberOf.ts";
import { loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (path: string) => loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false });

describe("a suffix behind a number", () => {
  test.each<[string, number]>([
    ["7B", 7e9],
    ["7b", 7e9],
    ["7G", 7e9],
    ["1.5T", 1.5e12],
    ["350M", 350e6],
    ["12k", 12e3],
    ["12K", 12e3],
    ["0.5B", 0.5e9],
    ["1_000M", 1e9],
    [" 70 B ", 70e9],
    ["+3B", 3e9],
    ["1.B", 1e9],
    ["7.1B", 7.1e9],
    ["0.57B", 0.57e9],
  ])("%s", (text, value) => expect(numberOf(text)).toBe(value));

  test.each([
    "7m",
    "7g",
    "7t",
    "7BB",
    "7e9B",
    "B",
    "7  B",
    "7Bn",
    "7P",
    "7E",
    "7KiB",
    "7B7",
    "x7B",
    "7 billion",
  ])("%s is none, and is told in one line", (text) => {
    expect(numberOf(text)).toBeNaN();
    expect(whyNoNumber(text)).toMatch(/^not a number[^\n]*$/);
  });

  test("gives the double nearest to what is written", () => {
    const letter = fc.constantFrom(["k", 3], ["M", 6], ["B", 9], ["T", 12]) as fc.Arbitrary<[string, number]>;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 4 }),
        letter,
        (n, digits, [mark, power]) => {
          const text = (n / 10 ** digits).toFixed(digits);
          expect(numberOf(text + mark)).toBe(Number(`${text}e${power}`));
        },
      ),
    );
  });

  test("is said, with the number of cells", async () => {
    const path = file("model,params,tokens,loss\na,7B,1.4T,2.1\nb,350M,300B,2.9\nc,1300000000,1e11,2.6\n");
    const { runs, notes } = await load(path);
    expect(runs.map(({ nParams }) => nParams)).toEqual([7e9, 350e6, 1.3e9]);
    expect(runs.map(({ nTokens }) => nTokens)).toEqual([1.4e12, 3e11, 1e11]);
    expect(notes).toContain('column "params": 2 cells have suffixes; 7B is 7e9');
    expect(notes).toContain('column "tokens": 2 cells have suffixes; 1.4T is 1.4e12');
  });

  test("a cell without it in a column of billions is told", async () => {
    await expect(load(file("params,tokens,loss\n7B,1.4T,2.1\n13,1.4T,2.0\n"))).rejects.toThrow(
      / 3 +params +13 +parameters are counted in ones/,
    );
  });
});
