import { describeRaggedRow } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import type { ColumnTable, OnRows } from "./ColumnTable.ts";
import { listNames } from "./listNames.ts";
import { readColumns } from "./readColumns.ts";
import type { TableFormat } from "./tableKind.ts";

/** The names under which a number may stand in a file, the first being the one to recommend. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** A column for each field that a header has, and what a unit in its name makes of its values. */
export type ColumnChoice<Field extends string> = Partial<
  Record<Field, { readonly column: string; readonly divisor: number }>
>;

/** Looks a header over and chooses; the place is for messages. */
export type ChooseColumns<Field extends string> = (
  header: readonly string[],
  place: string,
) => ColumnChoice<Field>;

/**
 * Reads records of numbers from a CSV, TSV, JSONL or Parquet file. Each field is looked up under its names,
 * upper or lower case; other columns are ignored.
 *
 * @throws RangeError naming file, line, column and value where a column is missing or a cell is not a number
 */
export async function readNumbers<Field extends string>(
  path: string,
  columns: ColumnNames<Field>,
  onRows?: OnRows,
  format?: TableFormat,
): Promise<Record<Field, number>[]> {
  const choose: ChooseColumns<Field> = (header, place) => {
    const chosen: ColumnChoice<Field> = {};
    for (const field of Object.keys(columns) as Field[]) {
      chosen[field] = { column: findColumn(header, columns[field], place), divisor: 1 };
    }
    return chosen;
  };
  return (await readChosen(path, choose, onRows, format)) as Record<Field, number>[];
}

/**
 * The same with columns that are chosen by the header: a field without a column is absent in all records.
 *
 * @throws RangeError as the choice, and naming file, line, column and value where a cell is not a number
 */
export async function readChosen<Field extends string>(
  path: string,
  choose: ChooseColumns<Field>,
  onRows?: OnRows,
  format?: TableFormat,
): Promise<Partial<Record<Field, number>>[]> {
  let found: [Field, { readonly column: string; readonly divisor: number }][] = [];
  const table = await readColumns(
    path,
    (header, headerLine) => {
      const place = headerLine ? `${shownPath(path)}, line ${headerLine}` : shownPath(path);
      found = Object.entries(choose(header, place)) as typeof found;
      return { numbers: [...new Set(found.map(([, { column }]) => column))], texts: [] };
    },
    onRows,
    format,
  );
  // Nobody would hear of it.
  for (const note of table.notes)
    throw new RangeError(`${shownPath(path)}: ${note}; take that out of the file`);
  refuseRaggedRow(path, table);
  return Array.from({ length: table.n }, (_, row) => {
    const record: Partial<Record<Field, number>> = {};
    for (const [field, { column, divisor }] of found) {
      const value = table.numbers.get(column)![row]!;
      if (!Number.isFinite(value)) {
        const cell = table.unreadable.get(`${column}:${row}`)?.text ?? value;
        throw new RangeError(
          `${placeOf(path, table, row)}, ${column}: expected a number, got "${cell}"; drop the row or fix the file`,
        );
      }
      record[field] = value / divisor;
    }
    return record;
  });
}

const placeOf = (path: string, table: ColumnTable, row: number) =>
  `${shownPath(path)}, ${table.unit} ${table.place(row)}`;

function refuseRaggedRow(path: string, table: ColumnTable): void {
  for (let row = 0; row < table.n; row++) {
    const cells = table.raggedCells(row);
    if (cells === undefined) continue;
    throw new RangeError(`${placeOf(path, table, row)}: ${describeRaggedRow(cells, table.columns)}`);
  }
}

function findColumn(header: readonly string[], names: readonly string[], place: string): string {
  for (const name of names) {
    const lower = name.toLowerCase();
    const [found, other] = new Set(header.filter((column) => column.trim().toLowerCase() === lower));
    if (other !== undefined) {
      throw new RangeError(
        `${place}: the columns ${listNames([found!, other])} may both be ${name}; drop one`,
      );
    }
    if (found !== undefined) return found;
  }
  throw new RangeError(
    `${place}: there is no column ${names[0]} (or ${names.slice(1).join(", ")}); it has ${listNames(header)}`,
  );
}
