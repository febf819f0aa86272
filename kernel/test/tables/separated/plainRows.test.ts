import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ColumnTable } from "../../../src/tables/ColumnTable.ts";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { PlainRows } from "../../../src/tables/separated/PlainRows.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();

/** The quick reader reads numbers alone; a column of texts makes it step aside. */
const read = (path: string, withText: boolean) =>
  readColumns(path, () => ({ numbers: ["a", "b"], texts: withText ? ["t"] : [] })).then(
    (table: ColumnTable) => ({
      a: [...table.numbers.get("a")!],
      b: [...table.numbers.get("b")!],
      lines: Array.from({ length: table.n }, (_, row) => table.place(row)),
      ragged: Array.from({ length: table.n }, (_, row) => table.raggedCells(row)),
      unreadable: [...table.unreadable],
      notes: table.notes,
    }),
    (error: Error) => error.message.replace(/^\S+/, ""),
  );

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 20 });
const number = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.integer().map(String),
  fc.tuple(digits, digits).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(digits, fc.integer({ min: -330, max: 330 })).map(([whole, power]) => `${whole}e${power}`),
  fc.tuple(digits, digits, fc.integer({ min: -30, max: 30 })).map(([a, b, power]) => `-${a}.${b}E${power}`),
);
const odd = fc.constantFrom(
  ..."- + . 1. .5 +5 e5 1e 1e+ 1e99999 -0 1-2 1..2 1.2.3 0x10 nan NaN inf Infinity 7B 12% 1_000 007 00 1e5.5 ∞ −5".split(
    " ",
  ),
  "",
  " 5",
  "5 ",
  '"5"',
  '"5,5"',
  "#5",
  '"a\nb"',
);
const cell = fc.oneof({ weight: 6, arbitrary: number }, { weight: 1, arbitrary: odd });
const row = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(cell, fc.constantFrom("x", "", "y z"), cell).map((cells) => cells.join(",")),
  },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(",")) },
  { weight: 1, arbitrary: fc.constantFrom("", "  ", "# a comment", ",,", "größe,x,1") },
);

test("whatever is in a file, both readers say the same of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      async (rows, end, isEnded) => {
        const path = file(["a,t,b", ...rows].join(end) + (isEnded ? end : ""));
        expect(await read(path, false)).toEqual(await read(path, true));
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});

describe("pieces of any length", () => {
  const text = ["1,2.5", "3e5,-4", "", "x,1", "12345678901234567890,0.1", "5,6\r", "7,8"].join("\n");
  const bytes = Buffer.from(`${text}\n`);

  test("give the same rows", () => {
    const all = (cut: readonly number[]) => {
      const rows: unknown[] = [];
      const reader = new PlainRows(
        { delimiter: ",", width: 2, numbersAt: [0, 1], line: 2 },
        {
          onNumbers: (values, line) => rows.push([line, ...values]),
          onOther: (other, line) => rows.push([line, other]),
        },
      );
      let from = 0;
      for (const to of [...cut, bytes.length]) {
        expect(reader.push(bytes.subarray(from, to))).toBe(true);
        from = to;
      }
      expect(reader.end()).toBe(true);
      return rows;
    };
    const whole = all([]);
    expect(whole).toEqual([
      [2, 1, 2.5],
      [3, 3e5, -4],
      [5, "x,1"],
      [6, Number("12345678901234567890"), 0.1],
      [7, 5, 6],
      [8, 7, 8],
    ]);
    for (let one = 0; one < bytes.length; one++)
      for (let other = one; other < bytes.length; other += 3) expect(all([one, other])).toEqual(whole);
  });

  test.each(["1,2\r3,4\n", '1,"2"\n', "1,#\n", "1,\0\n", "1,ü\n"])(
    "%j is left to the other reader",
    (odd) => {
      const reader = new PlainRows(
        { delimiter: ",", width: 2, numbersAt: [0, 1], line: 2 },
        { onNumbers() {}, onOther() {} },
      );
      reader.push(Buffer.from("1,2\n3,"));
      expect(reader.push(Buffer.from(`4\n${odd}`))).toBe(false);
      expect(Buffer.from(reader.rest).toString()).toContain(odd);
    },
  );
});

test("a file that stops being plain far down is read to its end, with its lines", async () => {
  const rows = Array.from({ length: 200_000 }, (_, k) => `${k + 1},t,${k / 4}`);
  rows[150_000] = '1,"a ""quoted"" text",2';
  rows[180_000] = "oops,t,3";
  const { n, place, numbers, unreadable } = await readColumns(file(`a,t,b\n${rows.join("\n")}\n`), () => ({
    numbers: ["a", "b"],
    texts: [],
  }));
  expect(n).toBe(200_000);
  expect(place(180_000)).toBe(180_002);
  expect(unreadable.get("a:180000")?.text).toBe("oops");
  expect(numbers.get("b")![199_999]).toBe(199_999 / 4);
});
