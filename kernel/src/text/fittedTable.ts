import { textTable } from "isoflop";
import { wrapText } from "./wrapText.ts";

/** How a table is laid out. */
export interface TableLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** The column, by its index, whose texts go beneath the table where it is too wide for the terminal: sources, mostly. */
  readonly footnotes?: number;
}

/** A column of words narrower than this is a tower of them. */
const narrowest = 12;

/**
 * Rows as aligned text, no wider than the terminal. A table that is too wide has the sources beneath it as numbered
 * notes; one that still is has cells of several lines; and where not even those fit, each row is a block of lines, a
 * cell a line.
 */
export function fittedTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { width, footnotes }: TableLayout,
): string {
  const whole = textTable(columns, rows);
  if (widthOf(whole) <= width) return whole;
  if (footnotes === undefined) return brokenTable(columns, rows, width) ?? blocks(columns, rows, width);
  const { marked, notes } = markNotes(rows, footnotes);
  const table = brokenTable(columns, marked, width);
  // A block has a line for its source, and needs no note.
  if (table === undefined) return blocks(columns, rows, width);
  return [table, "", ...notes.flatMap((note) => wrapText(note, width, 4))].join("\n");
}

function markNotes(rows: readonly (readonly string[])[], column: number) {
  const texts = [...new Set(rows.map((row) => row[column] ?? "").filter((text) => text !== ""))];
  const mark = (text: string) => (text === "" ? "" : `[${texts.indexOf(text) + 1}]`);
  return {
    marked: rows.map((row) => row.map((cell, at) => (at === column ? mark(cell) : cell))),
    notes: texts.map((text) => `${mark(text)} ${text}`),
  };
}

const widthOf = (table: string) => Math.max(...table.split("\n").map((line) => line.length));

/** A table with cells of several lines; undefined where words or numbers would have to be broken. */
function brokenTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string | undefined {
  const whole = textTable(columns, rows);
  if (widthOf(whole) <= width) return whole;
  // As `textTable` sees it, by whole cells: the second line of a text may begin with a number.
  const isNumeric = columns.map(
    (_, at) => rows.length > 0 && rows.every((row) => /^[−\-+\d.∞]/.test(row[at] ?? "")),
  );
  const widths = narrowed(columns, rows, isNumeric, width);
  if (widths === undefined) return undefined;
  const lines = (cells: readonly string[]) => {
    const parts = widths.map((most, at) => wrapText(cells[at] ?? "", most));
    const height = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, k) =>
      parts
        .map((part, at) =>
          isNumeric[at] ? (part[k] ?? "").padStart(widths[at]!) : (part[k] ?? "").padEnd(widths[at]!),
        )
        .join("  ")
        .trimEnd(),
    );
  };
  const rule = widths.map((most) => "-".repeat(most)).join("  ");
  return [...lines(columns), rule, ...rows.flatMap(lines)].join("\n");
}

/** Widths of columns that fit together, the widest made narrower first; undefined where words or numbers would break. */
function narrowed(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  isNumeric: readonly boolean[],
  width: number,
): readonly number[] | undefined {
  const longest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const cellsOf = (at: number) => rows.map((row) => row[at] ?? "");
  const widths = columns.map((name, at) => longest([name, ...cellsOf(at)]));
  const least = columns.map((name, at) => {
    const words = name.split(" ");
    if (isNumeric[at]) return longest([...words, ...cellsOf(at)]);
    return Math.min(
      widths[at]!,
      Math.max(narrowest, longest([...words, ...cellsOf(at).flatMap((cell) => cell.split(" "))])),
    );
  });
  const total = () => widths.reduce((sum, one) => sum + one, 2 * (widths.length - 1));
  while (total() > width) {
    const spare = widths.map((one, at) => (one > least[at]! ? one : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) return undefined;
    widths[widest]! -= 1;
  }
  return widths;
}

/** Each row as a block: its first cell, and beneath it the others by the names of their columns. */
function blocks(columns: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  return rows
    .flatMap(([first = "", ...cells]) => [
      ...wrapText(first, width, 2),
      ...cells.flatMap((cell, at) =>
        cell === "" ? [] : wrapText(`  ${columns[at + 1]}: ${cell}`, width, 4),
      ),
    ])
    .join("\n");
}
