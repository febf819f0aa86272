import { columnSides } from "./columnSides.ts";

/**
 * Rows as aligned plain text: columns of numbers to the right, all others to the left.
 *
 * @param columns names for the head
 * @param rows cells as text, as many a row as there are columns
 * @example
 * import { textTable } from "isoflop";
 * textTable(["law", "error"], [["chinchilla", "0.0078"]]).split("\n").length; // => 3
 */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const sides = columnSides(columns.length, rows);
  const widths = columns.map((name, j) => Math.max(name.length, ...rows.map((row) => (row[j] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, j) => (sides[j] === "right" ? cell.padStart(widths[j]!) : cell.padEnd(widths[j]!)))
      .join("  ")
      .trimEnd();
  return [line(columns), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
