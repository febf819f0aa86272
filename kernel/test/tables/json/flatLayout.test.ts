import fc from "fast-check";
import { expect, test } from "vitest";
import { FlatLayout } from "../../../src/tables/json/FlatLayout.ts";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();

/** Rows that are to be told apart as a whole are parsed as JSON, each of them. */
const read = (path: string, wholeRows: boolean) =>
  readColumns(path, () => ({ numbers: ["b", "a"], texts: [], wholeRows })).then(
    (table) => ({
      a: [...table.numbers.get("a")!],
      b: [...table.numbers.get("b")!],
      lines: Array.from({ length: table.n }, (_, row) => table.place(row)),
      unreadable: [...table.unreadable],
    }),
    (error: Error) => error.message.replace(/^\S+/, ""),
  );

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 20 });
const whole = digits.map((text) => text.replace(/^0+(?=\d)/, ""));
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.tuple(whole, digits).map(([a, b]) => `-${a}.${b}`),
  fc.tuple(whole, digits, fc.integer({ min: -340, max: 340 })).map(([a, b, power]) => `${a}.${b}E${power}`),
  fc.tuple(whole, fc.integer({ min: 0, max: 30 })).map(([a, power]) => `${a}e+${power}`),
);
const odd = fc.constantFrom(
  ...'-0 NaN -Infinity null true 01 1. .5 +1 1e 1e+ - 0x1 1_0 [1] {} {"c":1} "7B" "5" "x" "ä" ""'.split(" "),
  '"a\\"b"',
  '"\\u0041"',
  '"\t"',
);
const value = fc.oneof({ weight: 12, arbitrary: number }, { weight: 1, arbitrary: odd });
const label = fc.constantFrom('"x"', '"run 7"', '"ä, {b: 1}"', '"a\\"b"', '"\\\\"', "7");
const line = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(value, label, value).map(([a, t, b]) => `{"a": ${a}, "t": ${t}, "b": ${b}}`),
  },
  { weight: 2, arbitrary: fc.tuple(value, value).map(([a, b]) => `{"b":${b},"a":${a}}`) },
  { weight: 1, arbitrary: value.map((a) => `{"a": ${a}, "t": "x", "\\u0062": 5}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "  ",
      '{"a": 1, "t": "x", "b": 2} ',
      '{"a": 1, "t": "x", "b": 2',
      '{"a": 1, "t": "x", "b": 2}}',
      '{"a": 1, "t": "x", "b": 2, "a": 3}',
      '{"a": 1, "t": "x", "b": 2, "c": 3}',
      '{"a": 1}',
      "[1, 2]",
    ),
  },
);

test("whatever is in a file, it is as if each line were parsed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.constantFrom("\n", "\r\n"),
      async (lines, end) => {
        const path = file(`{"a": 1, "t": "x", "b": 2}${end}${lines.join(end)}${end}`, "jsonl");
        expect(await read(path, false)).toEqual(await read(path, true));
      },
    ),
    { numRuns: 400 },
  );
});

test("lines that are written alike are not parsed, and others are left to those who parse", () => {
  const text = '{"run": "a", "a": 1, "b": 2}';
  const layout = FlatLayout.of(text, JSON.parse(text), ["b", "a"])!;
  const values = new Float64Array(2);
  expect(layout.read('{"run": "", "a": -7.5e9, "b": 123456789012345678}', values)).toBe(true);
  expect([...values]).toEqual([Number("123456789012345678"), -7.5e9]);
  for (const other of [
    '{"run": "a",  "a": 1, "b": 2}',
    '{"run": 1, "a": "1", "b": 2}',
    '{"run": "a\\n", "a": 1, "b": 2}',
    '{"run": "a", "a": 01, "b": 2}',
    '{"run": "a", "a": 1, "b": 2}}',
    '{"run": "a", "a": 1, "b": 2',
  ])
    expect([other, layout.read(other, values)]).toEqual([other, false]);
  expect(FlatLayout.of('{"a": 1}', { a: 1 }, ["a", "b"])).toBeUndefined();
  expect(FlatLayout.of('{"a": 1, "b": "2"}', { a: 1, b: "2" }, ["a", "b"])).toBeUndefined();
});
