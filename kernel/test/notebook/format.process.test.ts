import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import type { Notebook } from "../../src/notebook/Notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import type { UncheckedJson } from "../../src/notebook/UncheckedJson.ts";

// Debian's own nbformat is the judge of what a valid notebook is and of how Jupyter writes it.
function python(script: string, input: string): string {
  return execFileSync("/usr/bin/python3", ["-W", "ignore", "-c", script], { input, encoding: "utf8" });
}

const cell = { id: "c", metadata: {}, source: "x\n" };
const valid: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "isoflop", display_name: "TypeScript (isoflop)", language: "typescript" } },
  cells: [
    { ...cell, cell_type: "markdown", attachments: { "a.png": { "image/png": "iVBORw0=" } } },
    { ...cell, id: "r", cell_type: "raw" },
    {
      ...cell,
      id: "d",
      cell_type: "code",
      execution_count: 2,
      outputs: [
        { output_type: "stream", name: "stdout", text: "1\n2" },
        {
          output_type: "execute_result",
          execution_count: 2,
          metadata: {},
          data: { "text/plain": "a\nb", "application/json": [1] },
        },
        {
          output_type: "display_data",
          metadata: {},
          data: { "image/svg+xml": "<svg>\n</svg>", "image/png": "iVBORw0=" },
        },
        { output_type: "error", ename: "E", evalue: "", traceback: ["a", "b"] },
      ],
    },
  ],
};

test("what is written is byte for byte what Python's nbformat writes", () => {
  const written = formatNotebook(valid);
  const script = "import sys, nbformat; nbformat.write(nbformat.read(sys.stdin, 4), sys.stdout)";
  expect(written).toBe(python(script, written).replace(/\n*$/, "\n"));
});

type Break = (notebook: UncheckedJson) => unknown;
/** Which of the notebooks are valid, as Python's nbformat judges. */
function judge(notebooks: readonly UncheckedJson[]): boolean[] {
  const script = `
import json, sys
from nbformat.validator import get_validator
ok = lambda n: not list(get_validator(4, 5).iter_errors(n))
print(json.dumps([ok(n) for n in json.load(sys.stdin)]))`;
  return JSON.parse(python(script, JSON.stringify(notebooks)));
}
const broken = (breaks: readonly Break[]) =>
  breaks.map((breakIt) => {
    const notebook: UncheckedJson = structuredClone(valid);
    breakIt(notebook);
    return notebook;
  });

test("what Python finds broken and nothing can mend is refused", () => {
  const notebooks = broken([
    (n) => (n.cells[2].execution_count = -1),
    (n) => (n.cells[2].outputs[0].output_type = "streem"),
    (n) => (n.cells[2].outputs[1].transient = {}),
    (n) => (n.cells[2].outputs[1].data["text/plain"] = 3),
    (n) => (n.cells[2].outputs[3].traceback = "x"),
    (n) => (n.cells[1].metadata.tags = ["a", "a"]),
    (n) => (n.worksheets = []),
  ]);
  expect(judge([valid, ...notebooks])).toEqual([true, ...notebooks.map(() => false)]);
  for (const [k, notebook] of notebooks.entries())
    expect(() => parseNotebook(JSON.stringify(notebook)), `the notebook ${k}`).toThrow();
});

test("what Python finds broken and Jupyter opens all the same is read, and valid when it is written", () => {
  const notebooks = broken([
    (n) => delete n.metadata,
    (n) => delete n.cells[0].id,
    (n) => (n.cells[0].id = "no blanks"),
    (n) => (n.cells[0].outputs = []),
    (n) => delete n.cells[2].outputs,
    (n) => delete n.cells[2].execution_count,
    (n) => (n.cells[1].source = null),
    (n) => delete n.cells[2].outputs[0].name,
    (n) => (n.metadata.kernelspec = { name: "x" }),
  ]);
  expect(judge(notebooks)).toEqual(notebooks.map(() => false));
  const written = notebooks.map((notebook) => formatNotebook(parseNotebook(JSON.stringify(notebook))));
  expect(judge(written.map((text) => JSON.parse(text)))).toEqual(notebooks.map(() => true));
});
