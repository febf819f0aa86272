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

test("our check and Python's agree on which notebooks are broken", () => {
  const broken = [
    (n: UncheckedJson) => delete n.metadata,
    (n: UncheckedJson) => delete n.cells[0].id,
    (n: UncheckedJson) => (n.cells[0].id = "no blanks"),
    (n: UncheckedJson) => (n.cells[0].outputs = []),
    (n: UncheckedJson) => delete n.cells[2].outputs,
    (n: UncheckedJson) => (n.cells[2].execution_count = "1"),
    (n: UncheckedJson) => (n.cells[2].execution_count = -1),
    (n: UncheckedJson) => (n.cells[2].outputs[0].output_type = "streem"),
    (n: UncheckedJson) => delete n.cells[2].outputs[0].name,
    (n: UncheckedJson) => (n.cells[2].outputs[1].transient = {}),
    (n: UncheckedJson) => (n.cells[2].outputs[1].data["text/plain"] = 3),
    (n: UncheckedJson) => (n.cells[2].outputs[3].traceback = "x"),
    (n: UncheckedJson) => (n.cells[1].source = null),
    (n: UncheckedJson) => (n.cells[1].metadata.tags = ["a", "a"]),
    (n: UncheckedJson) => (n.metadata.kernelspec = { name: "x" }),
    (n: UncheckedJson) => (n.worksheets = []),
  ].map((breakIt) => {
    const notebook = structuredClone(valid);
    breakIt(notebook);
    return notebook;
  });
  const script = `
import json, sys
from nbformat.validator import get_validator
ok = lambda n: not list(get_validator(4, 5).iter_errors(n))
print(json.dumps([ok(n) for n in json.load(sys.stdin)]))`;
  const judged: boolean[] = JSON.parse(python(script, JSON.stringify([valid, ...broken])));
  const ours = [valid, ...broken].map((notebook) => {
    try {
      parseNotebook(JSON.stringify(notebook));
      return true;
    } catch {
      return false;
    }
  });
  expect(judged).toEqual([true, ...broken.map(() => false)]);
  expect(ours).toEqual(judged);
});
