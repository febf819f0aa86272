import type { Cell, Notebook } from "../Notebook.ts";
import { volatile } from "./volatile.ts";

/**
 * A notebook read from a script, with what a script does not hold taken from the notebook it was before: ids, outputs,
 * counts and the state of a view, for cells of the same kind and source, in their order; and the notebook's own metadata that
 * no script has.
 *
 * @returns the notebook, how many of its cells kept outputs, and how many cells of the other are not in it
 */
export function keepOutputs(
  read: Notebook,
  before: Notebook,
): { notebook: Notebook; kept: number; gone: number } {
  const waiting = new Map<string, Cell[]>();
  const key = ({ cell_type, source }: Cell) => JSON.stringify([cell_type, source]);
  for (const cell of before.cells) waiting.set(key(cell), [...(waiting.get(key(cell)) ?? []), cell]);
  const old = read.cells.map((cell) => waiting.get(key(cell))?.shift());
  const gone = [...waiting.values()].flat().filter(({ source }) => source.trim() !== "").length;
  const taken = new Set(old.map((cell) => cell?.id));
  let number = 0;
  const freeId = () => {
    do number += 1;
    while (taken.has(`cell-${number}`));
    return `cell-${number}`;
  };
  let kept = 0;
  const cells = read.cells.map((cell, k): Cell => {
    const same = old[k];
    if (!same) return { ...cell, id: freeId() };
    const metadata = { ...volatileOf(same), ...cell.metadata };
    if (cell.cell_type !== "code" || same.cell_type !== "code") return { ...cell, id: same.id, metadata };
    if (same.outputs.length > 0) kept += 1;
    return { ...cell, id: same.id, metadata, outputs: same.outputs, execution_count: same.execution_count };
  });
  const { metadata } = read;
  const noted = Object.fromEntries(
    Object.entries(before.metadata).filter(([name]) => volatile.notebook.includes(name)),
  );
  return { notebook: { ...read, metadata: { ...noted, ...metadata }, cells }, kept, gone };
}

const volatileOf = ({ metadata }: Cell): Record<string, unknown> =>
  Object.fromEntries(Object.entries(metadata).filter(([name]) => volatile.cell.includes(name)));
