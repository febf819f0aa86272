import { describe, expect, test } from "vitest";
import { cleanNotebook } from "../../src/notebook/cleanNotebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";

const code = (fields = {}) => ({
  cell_type: "code",
  id: "a",
  metadata: {},
  source: "",
  outputs: [],
  execution_count: null,
  ...fields,
});
const notebook = (...cells: object[]) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const lastLine = "line end at the end of the file";
const parse = (text: string) => () => parseNotebook(text, "x.ipynb");

test("texts given as lists of lines are joined, JSON values are left alone", () => {
  const data = { "text/plain": ["a\n", "b"], "application/json": ["a", "b"], "application/vnd.x+json": [1] };
  const output = { output_type: "display_data", data, metadata: {} };
  const stream = { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] };
  const [cell] = parseNotebook(notebook(code({ source: ["a\n", "b"], outputs: [output, stream] }))).cells;
  expect(cell).toMatchObject({
    source: "a\nb",
    outputs: [
      { data: { "text/plain": "a\nb", "application/json": ["a", "b"], "application/vnd.x+json": [1] } },
      { text: "1\n2\n" },
    ],
  });
});

test("a notebook of an older minor version gets cell ids", () => {
  const { id, ...cell } = code();
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: { orig_nbformat: 2 },
    cells: [cell, cell],
  });
  const parsed = parseNotebook(text);
  expect(parsed.cells.map(({ id }) => id)).toEqual(["cell-1", "cell-2"]);
  expect(parsed).toMatchObject({ nbformat_minor: 5, metadata: {} });
});

test("text that is no JSON is refused with the file's name", () => {
  expect(parse("{")).toThrow("x.ipynb is not valid JSON:");
});

test("another major format is refused with the way out", () => {
  expect(parse('{"nbformat": 3}')).toThrow(
    "x.ipynb has nbformat 3, and isoflop reads format 4; open and save it",
  );
  expect(parse("[]")).toThrow("x.ipynb has no nbformat field");
});

test("a broken field is named with its cell, its output and what is wrong", () => {
  expect(parse(notebook(code(), code({ id: "b", source: 1 })))).toThrow(
    "cell 2 (code), field source: must be",
  );
  expect(parse(notebook(code({ outputs: [{ output_type: "streem" }] })))).toThrow(
    'cell 1 (code), output 1: unknown output_type "streem"',
  );
  expect(parse(notebook({ cell_type: "slide" }))).toThrow('cell 1 (slide): unknown cell_type "slide"');
  expect(parse(notebook(code({ prompt: 1 })))).toThrow('cell 1 (code): "prompt" does not belong there');
  expect(parse(notebook(code({ metadata: { tags: ["a,b"] } })))).toThrow("field metadata.tags.0");
});

describe("what Jupyter opens although it breaks the format is mended:", () => {
  const ids = (text: string) => parseNotebook(text).cells.map(({ id }) => id);
  test.each([
    ["missing", [undefined, undefined], ["cell-1", "cell-2"]],
    ["shared", ["a", "b", "a", "a"], ["a", "b", "cell-3", "cell-4"]],
    ["shared, and the next is taken", ["a", "a", "cell-2"], ["a", "cell-3", "cell-2"]],
    ["malformed", ["a b", "", "x".repeat(65), null, 5, "#VSC-1"], [1, 2, 3, 4, 5, 6].map((k) => `cell-${k}`)],
  ])("ids that are %s", (_, given, found) => {
    expect(ids(notebook(...given.map((id) => code({ id }))))).toEqual(found);
  });

  test("fields that have one value only", () => {
    const outputs = [
      { output_type: "execute_result", data: {} },
      { output_type: "display_data", data: {}, metadata: null },
      { output_type: "stream", text: "a" },
      { output_type: "error", ename: "E", evalue: "" },
    ];
    const cells = [
      { cell_type: "code", source: "1" },
      code({ id: "b", metadata: null, source: null, outputs }),
      { cell_type: "markdown", id: "c", source: "x", outputs: [], execution_count: null },
    ];
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells });
    const read = parseNotebook(text);
    expect(read.metadata).toEqual({});
    expect(read.cells[0]).toEqual(code({ id: "cell-1", source: "1" }));
    expect(read.cells[1]).toMatchObject({
      metadata: {},
      source: "",
      outputs: [
        { metadata: {}, execution_count: null },
        { metadata: {} },
        { name: "stdout" },
        { traceback: [] },
      ],
    });
    expect(read.cells[2]).toEqual({ cell_type: "markdown", id: "c", metadata: {}, source: "x" });
  });

  test.each([
    [{ display_name: "Deno" }, { name: "Deno", display_name: "Deno" }],
    [{ name: "tslab" }, { name: "tslab", display_name: "tslab" }],
    [{ language: "python" }, { name: "python", display_name: "python", language: "python" }],
    [{}, undefined],
    [null, undefined],
  ])("the kernelspec %j", (kernelspec, found) => {
    const text = JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec, language_info: {} },
      cells: [],
    });
    expect(parseNotebook(text).metadata).toEqual(found === undefined ? {} : { kernelspec: found });
  });

  test("and what is written can be read as it is", () => {
    const broken = notebook({ cell_type: "code" }, code(), code(), { cell_type: "raw", outputs: [] });
    const { text, changes } = cleanNotebook(broken);
    expect(changes).toEqual(["id for 3 cells", "fields that the format asks for, in 2 cells", lastLine]);
    expect(cleanNotebook(text).changes).toEqual([]);
    expect(parseNotebook(text)).toEqual(parseNotebook(broken));
  });
});
