import type { Discovery } from "isoflop";
import type { OutputRow } from "../fit/runRecords.ts";

/**
 * One row a point, in the file's order: the cells of the point, then what is predicted there. Of several responses each
 * has columns of its own, with its name behind.
 */
export function discoveryRows(
  found: Discovery,
  cells: readonly Readonly<Record<string, string>>[],
): OutputRow[] {
  const responses = Object.entries(found.predictions);
  return cells.map((own, i) => ({
    ...own,
    ...Object.fromEntries(
      responses.flatMap(([name, predictions]) =>
        Object.entries(predictions[i]!).map(([key, value]) => [
          responses.length > 1 ? `${key}_${name}` : key,
          typeof value === "number" && Number.isNaN(value) ? "" : value,
        ]),
      ),
    ),
  }));
}
