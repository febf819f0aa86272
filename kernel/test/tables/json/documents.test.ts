import { gzipSync } from "node:zlib";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { type LoadOptions, loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (content: unknown, more: Partial<LoadOptions> = {}) =>
  loadRuns(file(typeof content === "string" ? content : JSON.stringify(content), "json"), chinchilla, {
    map: [],
    fields: [],
    dropBad: false,
    ...more,
  });
const failure = (content: unknown, more?: Partial<LoadOptions>) =>
  load(content, more).then(
    () => "read",
    (error: Error) => error.message,
  );

const rows = [
  { params: 1e9, tokens: 2e10, loss: 2.6 },
  { params: 7e9, tokens: 1.4e11, loss: 2.2 },
];
const expected = [
  { nParams: 1e9, nTokens: 2e10, loss: 2.6, weight: 1 },
  { nParams: 7e9, nTokens: 1.4e11, loss: 2.2, weight: 1 },
];
const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name]);
const byRow = (name: keyof (typeof rows)[number]) =>
  Object.fromEntries(rows.map((row, k) => [String(k), row[name]]));

describe("the same runs come out of every form", () => {
  test.each<[string, unknown]>([
    ["an array of objects", rows],
    ["an object of columns", { params: column("params"), tokens: column("tokens"), loss: column("loss") }],
    ["pandas' to_json()", { params: byRow("params"), tokens: byRow("tokens"), loss: byRow("loss") }],
    [
      "pandas' orient=split",
      { columns: ["params", "tokens", "loss"], index: [0, 1], data: rows.map((row) => Object.values(row)) },
    ],
    [
      "pandas' orient=table",
      {
        schema: {
          fields: [{ name: "index", type: "integer" }],
          primaryKey: ["index"],
          pandas_version: "1.4.0",
        },
        data: rows,
      },
    ],
    ["a list under a name", { date: "2024-01-01", runs: rows }],
    ["objects under a name each", { small: rows[0], large: rows[1] }],
    ["nested objects", rows.map(({ params, ...others }) => ({ model: { params }, results: { ...others } }))],
    ["one object a line, though it is called .json", rows.map((row) => JSON.stringify(row)).join("\n")],
    [
      "numbers as texts",
      rows.map((row) => ({ params: `${row.params}`, tokens: `${row.tokens}`, loss: `${row.loss}` })),
    ],
    ["suffixes", rows.map((row) => ({ ...row, params: `${row.params / 1e9}B` }))],
  ])("%s", async (_, content) => {
    expect((await load(content)).runs).toEqual(expected);
  });

  test("packed, and in UTF-16", async () => {
    const text = JSON.stringify(rows);
    const paths = [file(gzipSync(text), "json.gz"), file(Buffer.from(`\uFEFF${text}`, "utf16le"), "json")];
    for (const path of paths)
      expect((await loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false })).runs).toEqual(
        expected,
      );
  });
});

describe("nested columns", () => {
  const nested = rows.map(({ params, tokens, loss }, k) => ({
    id: `r${k}`,
    config: { n_params: params, optimizer: { lr: 3e-4 }, loss: "cross entropy" },
    summary: { tokens, "val/loss": loss, _step: 100 },
  }));

  test("are named by their path, in JSON and JSON lines", async () => {
    const lines = file(nested.map((row) => JSON.stringify(row)).join("\n"), "jsonl");
    for (const path of [file(JSON.stringify(nested), "json"), lines]) {
      const { runs, notes } = await loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false });
      expect(runs).toEqual(expected);
      expect(notes).toEqual([
        'nParams from column "config.n_params"',
        'nTokens from column "summary.tokens"',
        'loss from column "summary.val/loss"',
      ]);
      const { numbers } = await readColumns(path, () => ({ numbers: ["config.optimizer.lr"], texts: [] }));
      expect([...numbers.values()][0]![1]).toBe(3e-4);
    }
  });

  test("that are one with a key of that name are refused", async () => {
    expect(await failure('[{"a.b":1,"a":{"b":2}}]')).toMatch(
      /has the column "a\.b" twice: as one key, and as a key within/,
    );
  });

  test("a key twice in an object within is refused with its line", async () => {
    const path = file('{"a":{"b":1}}\n{"a":{"b":1,"b":2}}\n', "jsonl");
    await expect(readColumns(path, () => ({ numbers: ["a.b"], texts: [] }))).rejects.toThrow(
      /line 2 has the key "b" twice/,
    );
    expect(await failure('[{"config":{"params":1,"params":2}}]')).toMatch(
      /has the key "params" twice in one object/,
    );
  });

  test("two paths that end alike are not told apart by a guess", async () => {
    expect(
      await failure(rows.map((row) => ({ ...row, loss: undefined, a: { loss: 1 }, b: { loss: 2 } }))),
    ).toMatch(/the columns "a\.loss" and "b\.loss" may both be loss; say which with --map loss=COLUMN/);
  });
});

describe("NaN and Infinity as Python writes them are cells that are no numbers", () => {
  test.each([
    ["[{0}]", "json"],
    ["{0}", "jsonl"],
  ])("%s", async (around, extension) => {
    const path = file(
      around.replace("{0}", '{"params":1e9,"tokens":2e10,"loss":NaN,"note":"a NaN: Infinity"}'),
      extension,
    );
    const read = loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false });
    await expect(read).rejects.toThrow(/ 1 +loss +NaN +not a number/);
    const { texts } = await readColumns(path, () => ({ numbers: [], texts: ["note"] }));
    expect(texts.get("note")).toEqual(["a NaN: Infinity"]);
  });
  test("Infinity", async () => {
    expect(await failure('[{"params":1e9,"tokens":-Infinity,"loss":2}]')).toMatch(
      / 1 +tokens +−∞ +not a finite number/,
    );
  });
});

describe("what holds no table, or several, is told in one line", () => {
  test.each<[string, unknown, RegExp]>([
    ["a number", "5", /: an array of objects or an object of columns is needed, got 5$/],
    ["an array of numbers", [1, 2], /: row 1 must be an object such as .* got 1$/],
    ["arrays within an array", [[1, 2]], /: row 1 must be an object .* got an array$/],
    ["one row that is none", [...rows, null], /: row 3 must be an object .* got null$/],
    [
      "columns of two lengths",
      { params: [1, 2], loss: [1] },
      /: column "loss" has 1 values, "params" 2; each needs one a row$/,
    ],
    [
      "two tables",
      { train: rows, valid: rows },
      /: it holds several tables \(train, valid\); write one of them to a file of its own$/,
    ],
    ["an empty array", [], /has no rows of data/],
    ["nothing", "  ", /has no rows of data/],
    ["a comma at the end", '[{"a":1},]', /, line 1, character 10, is not JSON/],
    ["an end too soon", '[\n{"a":1},\n{"a":', /, line 3, character 6, is not JSON/],
    ["single quotes", "[{'a':1}]", /, line 1, character 3, is not JSON/],
    [
      "a split table whose rows have another length",
      { columns: ["a", "b"], data: [[1]] },
      /: row 1 has 1 values, and there are 2 columns$/,
    ],
    ["no column for the law", [{ a: 1 }], /has no column for nParams; it has a/],
  ])("%s", async (_, content, message) => {
    const said = await failure(content);
    expect(said).toMatch(message);
    expect(said).not.toContain("\n");
  });

  test("rows are counted from 1, of the array", async () => {
    expect(await failure([rows[0], { ...rows[1], loss: "12%" }])).toMatch(
      /\nrow +column[\s\S]*\n +2 +loss +12% +not a number; a percentage is written as a share/,
    );
    expect(await failure([rows[0], { params: 7e9, tokens: 1e11 }])).toMatch(
      /\n +2 +loss +\(empty\) +not a number/,
    );
  });

  test("a number that may be rounded is no name", async () => {
    const text = '[{"id":12345678901234567890,"params":1e9,"tokens":2e10,"loss":2}]';
    expect(await failure(text, { group: "id" })).toMatch(
      /row 1, column "id": the number 12345678901234567000 is too large to be kept exactly as a name; write it in quotes$/,
    );
  });
});
