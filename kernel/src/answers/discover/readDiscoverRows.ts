import { shownPath } from "../../files/shownPath.ts";
import type { ColumnTable } from "../../tables/ColumnTable.ts";
import type { TableFile } from "../../tables/loadAllRuns.ts";
import { readColumns } from "../../tables/readColumns.ts";

/** A table with all its columns: as numbers, where they are, and as they stand in the file. */
export interface DiscoverTableRows {
  readonly rows: readonly Readonly<Record<string, number | string>>[];
  readonly cells: readonly Readonly<Record<string, string>>[];
  readonly header: readonly string[];
  readonly notes: readonly string[];
}

/** What is asked of the columns. */
export interface DiscoverColumns {
  /** Columns that must hold numbers. */
  readonly numbers: readonly string[];
  /** Columns that are read as texts. */
  readonly texts: readonly string[];
  /** Columns that are read as they stand, whatever they hold. */
  readonly ignore: readonly string[];
}

/**
 * Reads whole tables, one behind the other. A column most of whose cells are numbers is a column of numbers.
 *
 * @throws RangeError naming file, line and cell where such a column has a cell that is none
 */
export async function readDiscoverRows(
  files: readonly TableFile[],
  columns: DiscoverColumns,
): Promise<DiscoverTableRows> {
  const all: DiscoverTableRows[] = [];
  for (const { path, format } of files) {
    let header: string[] = [];
    const table = await readColumns(
      path,
      (names) => {
        header = [...new Set(names)];
        return { numbers: header, texts: header };
      },
      undefined,
      format,
    );
    all.push(rowsOf(path, header, table, columns));
  }
  return {
    rows: all.flatMap(({ rows }) => rows),
    cells: all.flatMap(({ cells }) => cells),
    header: [...new Set(all.flatMap(({ header }) => header))],
    notes: all.flatMap(({ notes }) => notes),
  };
}

function rowsOf(
  path: string,
  header: readonly string[],
  table: ColumnTable,
  columns: DiscoverColumns,
): DiscoverTableRows {
  const missing = [...columns.numbers, ...columns.texts].find((name) => !header.includes(name));
  if (missing !== undefined) {
    throw new RangeError(`${shownPath(path)} has no column ${missing}; it has ${header.join(", ")}`);
  }
  const used = header.filter((name) => !columns.ignore.includes(name));
  const numeric = used.filter(
    (name) => !columns.texts.includes(name) && isNumeric(path, table, name, columns),
  );
  const cellOf = (name: string, row: number) => table.texts.get(name)![row]!;
  const places = Array.from({ length: table.n }, (_, row) => row);
  return {
    rows: places.map((row) =>
      Object.fromEntries(
        header.map((name) => [
          name,
          numeric.includes(name) ? table.numbers.get(name)![row]! : cellOf(name, row),
        ]),
      ),
    ),
    cells: places.map((row) => Object.fromEntries(header.map((name) => [name, cellOf(name, row)]))),
    header,
    notes: table.notes.map((note) => `${shownPath(path)}: ${note}`),
  };
}

function isNumeric(path: string, table: ColumnTable, name: string, { numbers }: DiscoverColumns): boolean {
  const values = table.numbers.get(name)!;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return true;
  const count = values.filter((value) => Number.isFinite(value)).length;
  if (!numbers.includes(name) && count <= values.length / 2) return false;
  throw new RangeError(
    `${shownPath(path)}, ${table.unit} ${table.place(bad)}, ${name}: expected a number, got "${table.texts.get(name)![bad]}"; ` +
      `drop the row, fix the file${numbers.includes(name) ? "" : `, or leave the column out: --ignore ${name}`}`,
  );
}
