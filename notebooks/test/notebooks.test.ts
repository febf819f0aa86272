import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Cell {
  id: string;
  cell_type: "code" | "markdown";
  source: string | string[];
  outputs?: unknown[];
  execution_count?: number | null;
}

const folder = new URL("../", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

describe.each(names)("%s", (name) => {
  const notebook = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const cells: Cell[] = notebook.cells;
  const source = (cell: Cell) => (Array.isArray(cell.source) ? cell.source.join("") : cell.source);

  test("is nbformat 4.5 for our kernel, with an id of its own for every cell", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec.name).toBe("isoflop");
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });

  test("is kept without outputs, since a run makes them", () => {
    const ran = cells.filter(
      (cell) =>
        cell.cell_type === "code" && ((cell.outputs ?? []).length > 0 || cell.execution_count !== null),
    );
    expect(ran.map(({ id }) => id)).toEqual([]);
  });

  test("opens with its title and says what is claimed, and keeps cells short enough to read", () => {
    expect(cells[0]?.cell_type).toBe("markdown");
    expect(source(cells[0]!)).toMatch(/^# \S/);
    const long = cells.filter((cell) => cell.cell_type === "code" && source(cell).split("\n").length > 40);
    expect(long.map(({ id }) => id)).toEqual([]);
  });
});
