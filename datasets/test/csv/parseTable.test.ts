import { flag, integer, number, oneOf, optional, parseTable, positive, text } from "isoflop-datasets";
import { expect, test } from "vitest";

const schema = {
  nTokens: positive("n_tokens"),
  accuracy: optional(number("accuracy", { min: 0, max: 1 })),
  steps: integer("steps", { min: 1 }),
  isOutlier: flag("is_outlier"),
  model: oneOf("model", ["gpt", "qlstm"]),
  note: optional(text("note")),
};
const header = "n_tokens,accuracy,steps,is_outlier,model,note";
const read = (...rows: string[]) => parseTable([header, ...rows, ""].join("\n"), schema, "runs.csv");

test("a row becomes a record under the schema's field names, typed", () => {
  expect(read('1.4e12,.5,100,0,gpt,"a, b"')).toEqual([
    { nTokens: 1.4e12, accuracy: 0.5, steps: 100, isOutlier: false, model: "gpt", note: "a, b" },
  ]);
});

test("an empty optional cell reads as undefined", () => {
  expect(read("1,,1e2,1,qlstm,")).toEqual([
    { nTokens: 1, accuracy: undefined, steps: 100, isOutlier: true, model: "qlstm", note: undefined },
  ]);
});

test("every digit of a double survives", () => {
  expect(read("6795600349.2894974,,1,0,gpt,")[0]?.nTokens).toBe(6795600349.2894974);
});

test("columns may stand in any order, a byte order mark and CRLF are accepted", () => {
  const csv = "\uFEFFb,a\r\n1,2\r\n";
  expect(parseTable(csv, { a: positive("a"), b: positive("b") }, "x.csv")).toEqual([{ a: 2, b: 1 }]);
});

test.each([
  ["-3,,1,0,gpt,", 'runs.csv, row 2 (line 3), column n_tokens: expected a number > 0, got "-3"'],
  ["0,,1,0,gpt,", 'runs.csv, row 2 (line 3), column n_tokens: expected a number > 0, got "0"'],
  ["NaN,,1,0,gpt,", 'column n_tokens: expected a number > 0, got "NaN"'],
  ["1e400,,1,0,gpt,", 'column n_tokens: expected a number > 0, got "1e400"'],
  ["0x10,,1,0,gpt,", 'column n_tokens: expected a number > 0, got "0x10"'],
  [",,1,0,gpt,", 'column n_tokens: expected a number > 0, got ""'],
  ["1,1.5,1,0,gpt,", 'column accuracy: expected a number >= 0 and <= 1, or nothing, got "1.5"'],
  ["1,,1.5,0,gpt,", 'column steps: expected a whole number >= 1, got "1.5"'],
  ["1,,1,yes,gpt,", 'column is_outlier: expected 0 or 1, got "yes"'],
  ["1,,1,0,bert,", 'column model: expected one of gpt, qlstm, got "bert"'],
  ["1,,1,0,gpt", 'runs.csv, row 2 (line 3): expected 6 cells, got 5: "1,,1,0,gpt"'],
  ["1,,1,0,gpt,,", "expected 6 cells, got 7"],
])("a malformed row fails with file, row, column, value and what is expected: %s", (row, message) => {
  expect(() => read("1,,1,0,gpt,", row)).toThrow(message);
});

test("a missing, an unknown, a repeated or a nameless column and an empty file fail", () => {
  const one = { a: positive("a") };
  expect(() => parseTable("b\n1\n", one, "x.csv")).toThrow("x.csv lacks the column a; its header is b");
  expect(() => parseTable("a,b\n1,2\n", one, "x.csv")).toThrow("x.csv has the unknown column b");
  expect(() => parseTable("a,a\n1,2\n", one, "x.csv")).toThrow("x.csv has the column a twice");
  expect(() => parseTable(",a\n0,1\n", one, "x.csv")).toThrow(
    "x.csv: column 1 has no name; drop the index column",
  );
  expect(() => parseTable("a,\n1,\n", one, "x.csv")).toThrow(
    "x.csv: column 2 has no name; name it or drop it",
  );
  expect(() => parseTable("", one, "x.csv")).toThrow("x.csv is empty");
});
