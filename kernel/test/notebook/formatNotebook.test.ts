import { expect, test } from "vitest";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";

// As `nbformat.write` of Python's nbformat 5.5 writes it; the process test beside compares with the real one.
const written = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a",
   "metadata": {
    "tags": [
     "x"
    ]
   },
   "outputs": [
    {
     "data": {
      "application/json": {
       "a": 1,
       "b": 2
      },
      "image/png": "iVBORw0=",
      "text/plain": [
       "é\\n",
       "b"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "1 +\\n",
    "1"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

test("a notebook written by Jupyter is written back the same", () => {
  expect(formatNotebook(parseNotebook(written))).toBe(written);
});

test("an empty cell has an empty list of lines", () => {
  const notebook = parseNotebook(written);
  notebook.cells[0]!.source = "";
  expect(JSON.parse(formatNotebook(notebook)).cells[0].source).toEqual([]);
});

test("half a surrogate pair, in text or name, is written as U+FFFD; a whole one and six letters stay", () => {
  const half = "😀".slice(0, 1);
  const notebook = parseNotebook(written);
  const [cell] = notebook.cells as [(typeof notebook.cells)[number]];
  cell.source = `${half}\n😀 \\ud83d`;
  if (cell.cell_type !== "code") throw new Error("the fixture's first cell is code");
  cell.outputs = [
    { output_type: "stream", name: "stdout", text: `a${half}` },
    { output_type: "display_data", data: { [`x/${half}`]: half }, metadata: { [half]: [half] } },
    { output_type: "error", ename: half, evalue: half, traceback: [half] },
  ];
  const text = formatNotebook(notebook);
  expect(Buffer.from(text).toString()).toBe(text);
  const [read] = parseNotebook(text).cells;
  expect(read?.source).toBe("\ufffd\n😀 \\ud83d");
  expect(JSON.stringify((read as typeof cell).outputs)).not.toContain("\\ud83d");
  expect((read as typeof cell).outputs[1]).toMatchObject({ data: { "x/\ufffd": "\ufffd" } });
});
