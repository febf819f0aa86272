import type { Schema } from "isoflop-datasets";
import type { Dataset } from "./catalogue.ts";

/** What a cell of a table holds; null where nothing was published. */
export type CellValue = string | number | boolean | null;

/** The rows of a table by the names of their columns in the file, not of the fields in a notebook. */
export function recordsOf({ load }: Dataset): Record<string, CellValue>[] {
  const columns = Object.entries(load.schema as Schema).map(
    ([field, { header }]) => [field, header] as const,
  );
  return load().map((row) =>
    Object.fromEntries(
      columns.map(([field, header]) => [
        header,
        ((row as Record<string, unknown>)[field] ?? null) as CellValue,
      ]),
    ),
  );
}
