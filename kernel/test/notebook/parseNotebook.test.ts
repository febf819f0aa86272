import { expect, test } from "vitest";
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
  const { execution_count, ...incomplete } = code();
  expect(parse(notebook(code(), incomplete))).toThrow('cell 2 (code): "execution_count" is missing');
  expect(parse(notebook(code({ outputs: [{ output_type: "streem" }] })))).toThrow(
    'cell 1 (code), output 1: unknown output_type "streem"',
  );
  expect(parse(notebook({ cell_type: "slide" }))).toThrow('cell 1 (slide): unknown cell_type "slide"');
  expect(parse(notebook(code({ prompt: 1 })))).toThrow('cell 1 (code): "prompt" does not belong there');
  expect(parse(notebook(code({ id: "a b" })))).toThrow("cell 1 (code), field id: must match pattern");
  expect(parse(notebook(code({ metadata: { tags: ["a,b"] } })))).toThrow("field metadata.tags.0");
});

test("two cells with one id are refused, both named", () => {
  expect(parse(notebook(code(), code()))).toThrow('cells 1 and 2 share the id "a"');
});
