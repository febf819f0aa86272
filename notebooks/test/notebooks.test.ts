import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { quotedFigures } from "./quotedFigures.ts";
import { type Cell, typedResults } from "./typedResults.ts";

const folder = new URL("../", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

const opener = ["Papers", "What they claim", "What is public", "Verdict"];
const partsOf = (text: string) => [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part);

describe.each(names)("%s", (name) => {
  const clean = `node kernel/bin/isoflop.js clean notebooks/${name}`;
  const notebook = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const cells: Cell[] = notebook.cells.map((cell: Cell) => ({
    ...cell,
    source: [cell.source].flat().join(""),
  }));
  const [first] = cells;

  test("is nbformat 4.5 for our kernel, with an id of its own for every cell", () => {
    const { nbformat, nbformat_minor, metadata } = notebook;
    expect(`${nbformat}.${nbformat_minor}`, `nbformat 4.5 is wanted; ${clean} makes it so`).toBe("4.5");
    expect(
      metadata.kernelspec?.name,
      'the metadata wants "kernelspec": { "display_name": "TypeScript (isoflop)", "language": "typescript", "name": "isoflop" }',
    ).toBe("isoflop");
    const without = cells.flatMap(({ id }, k) => (/^[\w-]{1,64}$/.test(id ?? " ") ? [] : [`cell ${k + 1}`]));
    expect(without, `these cells want an id of letters, digits, - and _; ${clean} adds it`).toEqual([]);
    const ids = cells.map(({ id }) => id);
    expect(
      ids.filter((id, k) => ids.indexOf(id) !== k),
      "these ids stand twice; give one of the cells another",
    ).toEqual([]);
  });

  test("is kept without outputs, since a run makes them", () => {
    const ran = cells.filter(
      ({ cell_type, outputs = [], execution_count }) =>
        cell_type === "code" && (outputs.length > 0 || execution_count !== null),
    );
    expect(
      ran.map(({ id }) => id),
      `these cells keep what a run left in them; ${clean} strips it`,
    ).toEqual([]);
  });

  test("opens with its title, the papers, what they claim, what is public and the verdict", () => {
    expect(first?.cell_type, "the first cell is Markdown").toBe("markdown");
    expect(first!.source, "the first cell begins with the title: # …").toMatch(/^# \S/);
    expect(partsOf(first!.source), "the parts of the first cell, each as **Papers.** and so on").toEqual(
      opener,
    );
    const [papers] = first!.source.split("**What they claim.**");
    expect(
      papers,
      "a paper is given as [arXiv 2203.15556](https://arxiv.org/abs/2203.15556) with its title in *…*",
    ).toMatch(/\[arXiv \d{4}\.\d{4,5}(v\d)?\]\(https:\/\/arxiv\.org\/abs\/\d{4}\.\d{4,5}(v\d)?\)/);
    expect(papers!.match(/\*[^*]+\*/g)).not.toBeNull();
  });

  test("has one title, and sections beneath it", () => {
    const headings = cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => source.match(/^#+ /gm) ?? []);
    expect(headings[0], "the title is the only heading with one #").toBe("# ");
    expect(
      headings.slice(1).filter((heading) => heading !== "## "),
      "all other headings are findings with ##",
    ).toEqual([]);
    expect(headings.length - 1, "sections with ##: at least two").toBeGreaterThan(1);
  });

  test("keeps cells short enough to read", () => {
    const long = cells.filter(
      ({ cell_type, source }) => cell_type === "code" && source.split("\n").length > 40,
    );
    expect(
      long.map(({ id }) => id),
      "these cells have more than 40 lines; split them, or let helpers do the work",
    ).toEqual([]);
  });

  test("lets code print its results: no number of its text is typed", () => {
    expect(
      typedResults(cells, quotedFigures[name.replace(".ipynb", "")]),
      "results of ours: print them by an md`…` cell; figures of the paper: list them in notebooks/test/quotedFigures.ts",
    ).toEqual([]);
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
