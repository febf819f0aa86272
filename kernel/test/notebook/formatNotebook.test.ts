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
