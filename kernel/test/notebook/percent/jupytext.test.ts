import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../../src/notebook/parseNotebook.ts";
import { formatScript } from "../../../src/notebook/percent/formatScript.ts";
import { parseScript } from "../../../src/notebook/percent/parseScript.ts";

interface Recorded {
  source: string;
  written: { name: string; notebook: { metadata: object; cells: object[] }; text: string }[];
  read: { name: string; text: string; metadata: object; cells: object[] }[];
}

/** What jupytext itself wrote and read; see `source` in the file. */
const { written, read } = JSON.parse(
  readFileSync(new URL("./jupytext.json", import.meta.url), "utf8"),
) as Recorded;

const notebookOf = ({ metadata, cells }: Recorded["written"][number]["notebook"]) =>
  parseNotebook(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata,
      cells: cells.map((cell, k) => ({
        ...cell,
        id: `c${k}`,
        ...("cell_type" in cell && cell.cell_type === "code" && { outputs: [], execution_count: null }),
      })),
    }),
  );

describe("a notebook is written as by jupytext", () => {
  test.each(written)("$name", ({ notebook, text }) => {
    expect(formatScript(notebookOf(notebook), "a.ts")).toBe(`${text.trimEnd()}\n`);
  });
});

describe("a script is read as by jupytext", () => {
  test.each(read)("$name", ({ text, metadata, cells }) => {
    const notebook = parseScript(text, "a.ts");
    expect(
      notebook.cells.map(({ cell_type, source, metadata: own }) => ({ cell_type, source, metadata: own })),
    ).toEqual(cells);
    expect(notebook.metadata).toMatchObject(metadata);
  });

  test.each(written)("and so is what it writes: $name", ({ text, notebook }) => {
    const read = parseScript(text, "a.ts");
    expect(read.cells.map(({ cell_type }) => cell_type)).toEqual(
      notebookOf(notebook).cells.map(({ cell_type }) => cell_type),
    );
  });
});
