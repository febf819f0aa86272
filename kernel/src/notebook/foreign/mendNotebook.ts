import type { UncheckedJson } from "../UncheckedJson.ts";

/** What was mended, for a person who is told of it. */
export interface Mended {
  /** Cells that got another id. */
  readonly ids: number;
  /** Cells with something missing, or with what only code cells have. */
  readonly cells: number;
  /** What was amiss in the notebook's own metadata. */
  readonly metadata: readonly string[];
}

const validId = /^[a-zA-Z0-9_-]{1,64}$/;

const isObject = (value: unknown): value is Record<string, UncheckedJson> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Fills in, in place, what a notebook lacks where there is one way only to do so: Jupyter and editors open such files, and
 * programs other than they write them. Ids that are missing, used twice or malformed; empty metadata, outputs and counts;
 * a kernel that has a display name only, or none. What it does not know it leaves to the schema.
 */
export function mendNotebook(raw: UncheckedJson): Mended {
  if (raw.metadata === undefined || raw.metadata === null) raw.metadata = {};
  const metadata = mendMetadata(raw.metadata);
  if (!Array.isArray(raw.cells)) return { ids: 0, cells: 0, metadata };
  const cells = raw.cells as UncheckedJson[];
  let filled = 0;
  for (const [index, cell] of cells.entries()) if (isObject(cell) && fillCell(cells, index)) filled += 1;
  return { ids: giveIds(cells), cells: filled, metadata };
}

function mendMetadata(metadata: UncheckedJson): string[] {
  if (!isObject(metadata)) return [];
  const mended: string[] = [];
  const { kernelspec, language_info: language } = metadata;
  if (kernelspec !== undefined && mendKernelspec(metadata, kernelspec)) mended.push("kernelspec");
  if (language === null || (isObject(language) && language.name === undefined)) {
    delete metadata.language_info;
    mended.push("language_info");
  }
  return mended;
}

/** A kernel by one of its names: the other is as good. */
function mendKernelspec(metadata: Record<string, UncheckedJson>, kernelspec: UncheckedJson): boolean {
  if (kernelspec !== null && !isObject(kernelspec)) return false;
  const { name, display_name: shown, language } = kernelspec ?? {};
  const isLacking = (one: UncheckedJson) => one === undefined || one === null;
  if (!isLacking(name) && !isLacking(shown)) return false;
  const known = [name, shown, language].find((one) => typeof one === "string" && one.trim() !== "");
  if (known === undefined) {
    if (!isLacking(name) || !isLacking(shown)) return false;
    delete metadata.kernelspec;
  } else {
    if (isLacking(name)) kernelspec.name = known;
    if (isLacking(shown)) kernelspec.display_name = known;
  }
  return true;
}

function fillCell(cells: UncheckedJson[], index: number): boolean {
  const cell = cells[index]!;
  const lacking: Record<string, UncheckedJson> = {};
  const want = (key: string, value: UncheckedJson, isNullWrong = true) => {
    if (cell[key] === undefined || (isNullWrong && cell[key] === null)) lacking[key] = value;
  };
  want("metadata", {});
  want("source", "");
  let isChanged = false;
  if (cell.cell_type === "code") {
    want("outputs", []);
    want("execution_count", null, false);
    if (Array.isArray(cell.outputs))
      for (const output of cell.outputs) if (isObject(output) && fillOutput(output)) isChanged = true;
  } else if (cell.cell_type === "markdown" || cell.cell_type === "raw") {
    // It was a code cell before somebody made it text.
    for (const key of ["outputs", "execution_count"])
      if (Object.hasOwn(cell, key)) {
        delete cell[key];
        isChanged = true;
      }
  }
  if (Object.keys(lacking).length === 0) return isChanged;
  cells[index] = sorted({ ...cell, ...lacking });
  return true;
}

/** What each kind of output must have; a count may be null. */
const outputFields: Readonly<Record<string, Readonly<Record<string, () => UncheckedJson>>>> = {
  stream: { name: () => "stdout", text: () => "" },
  display_data: { data: () => ({}), metadata: () => ({}) },
  execute_result: { data: () => ({}), metadata: () => ({}), execution_count: () => null },
  error: { ename: () => "", evalue: () => "", traceback: () => [] },
};

function fillOutput(output: Record<string, UncheckedJson>): boolean {
  const { output_type: type } = output;
  const fields = typeof type === "string" && Object.hasOwn(outputFields, type) ? outputFields[type]! : {};
  const lacking = Object.entries(fields).filter(
    ([key]) => output[key] === undefined || (output[key] === null && key !== "execution_count"),
  );
  for (const [key, value] of lacking) output[key] = value();
  return lacking.length > 0;
}

/** An id from its place for each cell that has none of its own, the first that has one keeping it; returns how many. */
function giveIds(cells: UncheckedJson[]): number {
  const taken = new Set(cells.map((cell) => cell?.id));
  const seen = new Set<string>();
  let given = 0;
  for (const [index, cell] of cells.entries()) {
    if (!isObject(cell)) continue;
    if (typeof cell.id === "string" && validId.test(cell.id) && !seen.has(cell.id)) {
      seen.add(cell.id);
      continue;
    }
    let number = index + 1;
    while (taken.has(`cell-${number}`)) number += 1;
    const id = `cell-${number}`;
    cells[index] = sorted({ ...cell, id });
    taken.add(id);
    seen.add(id);
    given += 1;
  }
  return given;
}

/** Keys in the order that Jupyter writes them in. */
const sorted = (cell: Record<string, UncheckedJson>): UncheckedJson =>
  Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
