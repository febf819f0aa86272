import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { quotedFigures } from "./quotedFigures.ts";
import { type Cell, typedResults } from "./typedResults.ts";

const folder = new URL("../", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

const opener = ["Papers", "What they claim", "What is public", "Verdict"];
const partsOf = (text: string) => [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part);

describe.each(names)("%s", (name) => {
  const notebook = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const cells: Cell[] = notebook.cells.map((cell: Cell) => ({
    ...cell,
    source: [cell.source].flat().join(""),
  }));
  const [first] = cells;

  test("is nbformat 4.5 for our kernel, with an id of its own for every cell", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec.name).toBe("isoflop");
    const ids = cells.map(({ id }) => id);
    expect(ids.filter((id) => !/^[\w-]{1,64}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is kept without outputs, since a run makes them", () => {
    const ran = cells.filter(
      ({ cell_type, outputs = [], execution_count }) =>
        cell_type === "code" && (outputs.length > 0 || execution_count !== null),
    );
    expect(ran.map(({ id }) => id)).toEqual([]);
  });

  test("opens with its title, the papers, what they claim, what is public and the verdict", () => {
    expect(first?.cell_type).toBe("markdown");
    expect(first!.source).toMatch(/^# \S/);
    expect(partsOf(first!.source)).toEqual(opener);
    const [papers] = first!.source.split("**What they claim.**");
    expect(papers).toMatch(
      /\[arXiv \d{4}\.\d{4,5}(v\d)?\]\(https:\/\/arxiv\.org\/abs\/\d{4}\.\d{4,5}(v\d)?\)/,
    );
    expect(papers!.match(/\*[^*]+\*/g)).not.toBeNull();
  });

  test("has one title, and sections beneath it", () => {
    const headings = cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => source.match(/^#+ /gm) ?? []);
    expect(headings.filter((heading) => heading === "# ")).toHaveLength(1);
    expect(headings.slice(1).every((heading) => heading === "## ")).toBe(true);
    expect(headings.length).toBeGreaterThan(2);
  });

  test("keeps cells short enough to read", () => {
    const long = cells.filter(
      ({ cell_type, source }) => cell_type === "code" && source.split("\n").length > 40,
    );
    expect(long.map(({ id }) => id)).toEqual([]);
  });

  test("lets code print its results: no number of its text is typed", () => {
    expect(typedResults(cells, quotedFigures[name.replace(".ipynb", "")])).toEqual([]);
  });
});

test("every figure quoted beside no claim is still quoted by its notebook", () => {
  for (const [name, figures] of Object.entries(quotedFigures)) {
    const { cells } = JSON.parse(readFileSync(new URL(`${name}.ipynb`, folder), "utf8"));
    const read: Cell[] = cells.map((cell: Cell) => ({ ...cell, source: [cell.source].flat().join("") }));
    const needed = typedResults(read);
    expect([name, figures.filter((figure) => !needed.includes(figure))]).toEqual([name, []]);
  }
});
