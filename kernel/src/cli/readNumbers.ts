import { readColumns } from "../fitting/readColumns.ts";

/** The names under which a number may stand in a file, the first being the one to recommend. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/**
 * Reads records of numbers from a CSV, TSV, JSONL or Parquet file. Each field is looked up under its names,
 * upper or lower case; other columns are ignored.
 *
 * @throws RangeError naming file, row, column and value where a column is missing or a cell is not a number
 */
export async function readNumbers<Field extends string>(
  path: string,
  columns: ColumnNames<Field>,
): Promise<Record<Field, number>[]> {
  const fields = Object.keys(columns) as Field[];
  const found = new Map<Field, string>();
  const table = await readColumns(path, (header) => {
    for (const field of fields) found.set(field, findColumn(header, columns[field], path));
    return { numbers: [...new Set(found.values())], texts: [] };
  });
  return Array.from({ length: table.n }, (_, row) => {
    const record = {} as Record<Field, number>;
    for (const [field, column] of found) {
      const value = table.numbers.get(column)![row]!;
      if (!Number.isFinite(value)) {
        const cell = table.unreadable.get(`${column}:${row}`) ?? value;
        throw new RangeError(
          `${path}, row ${row + 1}, ${column}: expected a number, got "${cell}"; drop the row or fix the file`,
        );
      }
      record[field] = value;
    }
    return record;
  });
}

function findColumn(header: readonly string[], names: readonly string[], path: string): string {
  for (const name of names) {
    const found = header.find((column) => column.trim().toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  throw new RangeError(
    `${path} lacks a column ${names[0]} (or ${names.slice(1).join(", ")}); it has ${header.join(", ")}`,
  );
}
