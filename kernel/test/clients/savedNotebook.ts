import { readFileSync, writeFileSync } from "node:fs";

export interface SavedOutput {
  output_type: string;
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
  text?: string | string[];
}

export interface SavedCell {
  cell_type: string;
  execution_count: number | null;
  outputs: SavedOutput[];
}

/** Writes a notebook of these code cells, as Jupyter would save it. */
export function writeNotebook(path: string, sources: readonly string[]): void {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: "isoflop", display_name: "TypeScript (isoflop)", language: "typescript" };
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
}

/** The code cells of a notebook as it was saved. */
export function savedCells(path: string): SavedCell[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: SavedCell[] };
  return cells.filter(({ cell_type }) => cell_type === "code");
}

export const savedErrors = (cells: readonly SavedCell[]) =>
  cells.flatMap(({ outputs }) => outputs.filter(({ output_type }) => output_type === "error"));
