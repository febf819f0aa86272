import fc from "fast-check";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { type LoadOptions, loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (path: string, more: Partial<LoadOptions> = {}) =>
  loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false, ...more });
const failure = (path: string) =>
  load(path).then(
    () => "read",
    (error: Error) => error.message,
  );

/** A semicolon file of three columns. */
const table = (...rows: string[]) => file(`params;tokens;loss\n${rows.join("\n")}\n`);
const expected = [
  { nParams: 1234567, nTokens: 2e10, loss: 2.531, weight: 1 },
  { nParams: 7654321, nTokens: 3e10, loss: 2.25, weight: 1 },
];

test.each([" ", "\u00a0", "\u202f", "'", "’"])(
  "beside thousands with %j a comma is the decimal sign, also where every number has three decimals",
  async (mark) => {
    const counts = ["1234567;20000000000", "7654321;30000000000"].map((cells) =>
      cells.replace(/\B(?=(\d{3})+(?!\d))/g, mark),
    );
    const { runs, notes } = await load(table(`${counts[0]};2,531`, `${counts[1]};2,250`));
    expect(runs).toEqual(expected);
    expect(notes.join()).toMatch(/a comma is the decimal sign, as in "2,531" \(line 2\)/);
    // A point that could be a decimal one as well leaves nothing sure.
    expect(await failure(table(`${counts[0]};2,531`, `${counts[1]};2.250`))).toMatch(
      /2 of 2 rows .* cannot be used/,
    );
  },
);

describe("numbers as other locales write them", () => {
  test.each<[string, string, string, RegExp]>([
    [
      "decimal commas",
      "1234567;2e10;2,531",
      "7654321;3e10;2,25",
      /a comma is the decimal sign, as in "2,25" \(line 3\)/,
    ],
    [
      "and points between thousands",
      "1.234.567;20.000.000.000;2,531",
      "7.654.321;30.000.000.000;2,25",
      /points separate thousands, as in "1\.234\.567" \(line 2\)/,
    ],
    [
      "commas between thousands",
      "1,234,567;20,000,000,000;2.531",
      "7,654,321;30,000,000,000;2.25",
      /^commas separate thousands, as in "1,234,567" \(line 2\)/m,
    ],
    [
      "blanks between thousands",
      "1 234 567;20 000 000 000;2,531",
      "7 654 321;30 000 000 000;2,25",
      /blanks separate thousands/,
    ],
    [
      "narrow blanks",
      "1\u202f234\u202f567;20\u00a0000\u00a0000\u00a0000;2.531",
      "7654321;3e10;2.25",
      /blanks separate thousands/,
    ],
    [
      "apostrophes",
      "1'234'567;20'000'000'000;2.531",
      "7’654’321;3e10;2.25",
      /apostrophes separate thousands/,
    ],
    [
      "exponents behind a comma",
      "1234567;2,0e10;2,531",
      "7654321;3,0E+10;2,25",
      /a comma is the decimal sign/,
    ],
    ["suffixes behind a comma", "1,234567M;20B;2,531", "7,654321M;30,0B;2,25", /a comma is the decimal sign/],
  ])("%s", async (_, one, other, note) => {
    const { runs, notes } = await load(table(one, other));
    expect(runs).toEqual(expected);
    expect(notes.join("\n")).toMatch(note);
  });

  test("in quotes, in a file with commas between its cells", async () => {
    const path = file('params,tokens,loss\n"1,234,567","20,000,000,000",2.531\n"7,654,321",3e10,2.25\n');
    expect((await load(path)).runs).toEqual(expected);
  });

  test("a file whose used columns are plain is read as ever, whatever stands in others", async () => {
    const { runs, notes } = await load(
      file("note;params;tokens;loss\n2,5;1234567;2e10;2.531\n1.000.000,5;7654321;3e10;2.25\n"),
    );
    expect(runs).toEqual(expected);
    expect(notes.join("\n")).not.toContain("comma");
  });
});

describe("what can be read in two ways is told with line and column", () => {
  test.each<[string, string, RegExp]>([
    [
      "a comma before three digits alone",
      'params,tokens,loss\n1e9,2e10,"2,531"\n2e9,2e10,"2,125"\n',
      / 2 +loss +2,531 +not a number: 2531 or 2\.531\? say --decimal point or --decimal comma/,
    ],
    [
      "the same between semicolons",
      "params;tokens;loss\n1234567;2e10;2,531\n7654321;3e10;2,125\n",
      / 2 +loss +2,531 +not a number: 2531 or 2\.531\?/,
    ],
    [
      "decimal commas and points",
      'params,tokens,loss\n1e9,2e10,"2,53"\n2e9,2e10,2.12\n',
      / 2 +loss +2,53 +not a number; a decimal comma is written as a point/,
    ],
    [
      "both ways of grouping",
      'params,tokens,loss\n"1,234,567",2e10,2.5\n1.234.567,3e10,2.4\n',
      / 2 +params +1,234,567 +not a number; thousands are not separated/,
    ],
    [
      "a point that may group among decimal commas",
      "params;tokens;loss\n1234567;2e10;2,53\n7654321;3e10;2.125\n",
      / 3 +loss +2\.125 +not a number/,
    ],
    [
      "groups of another length",
      "params;tokens;loss\n12.34.567;2e10;2,53\n7654321;3e10;2,12\n",
      / 2 +params +12\.34\.567 +not a number/,
    ],
  ])("%s", async (_, text, message) => {
    expect(await failure(file(text))).toMatch(message);
  });

  test("and is read as it is said", async () => {
    const path = file('params,tokens,loss\n1e9,2e10,"2,531"\n2e9,2e10,"2,125"\n');
    expect((await load(path, { decimal: "comma" })).runs.map(({ loss }) => loss)).toEqual([2.531, 2.125]);
    const counts = file('params,tokens,loss\n"123,456",2e10,3\n"654,321",2e10,4\n');
    expect((await load(counts, { decimal: "point" })).runs.map(({ nParams }) => nParams)).toEqual([
      123456, 654321,
    ]);
  });
});

test("a file in any one way is read rightly or not at all", async () => {
  const styles = fc.record({
    decimal: fc.constantFrom(".", ","),
    group: fc.constantFrom("", ",", ".", "'", " ", "\u00a0", "\u202f"),
  });
  const write = (value: number, decimal: string, group: string) => {
    const [whole, fraction] = String(value).split(".");
    const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, group);
    return fraction === undefined ? grouped : grouped + decimal + fraction;
  };
  const value = fc.oneof(
    fc.integer({ min: 0, max: 2e9 }),
    fc.integer({ min: 0, max: 99_999 }).map((n) => n / 1000),
    fc.integer({ min: 1000, max: 9_999_999 }).map((n) => n / 100),
  );
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      styles.filter(({ decimal, group }) => decimal !== group),
      fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(";", "\t", "|"),
      async ({ decimal, group }, rows, delimiter) => {
        const lines = rows.map((row) => row.map((one) => write(one, decimal, group)).join(delimiter));
        const path = file(`a${delimiter}b\n${lines.join("\n")}\n`);
        const { numbers } = await readColumns(path, (header) => ({ numbers: header, texts: [] }));
        // Points in no other company are decimal points, as in every plain file.
        const isPlain = lines.every((line) => !/[,' \u00a0\u202f]/.test(line)) && group === ".";
        for (const [k, row] of rows.entries()) {
          for (const [at, name] of ["a", "b"].entries()) {
            const found = numbers.get(name)![k]!;
            if (Number.isNaN(found) || isPlain) continue;
            expect(found, `${lines.join("\n")}\n${decimal}${group}`).toBe(row[at]);
            read += 1;
          }
        }
      },
    ),
    { numRuns: 250, seed: 11 },
  );
  expect(read).toBeGreaterThan(1200);
});
