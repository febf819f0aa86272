import { CsvReader } from "./CsvReader.ts";
import type { Column } from "./column.ts";

/** A table's columns, keyed by the name the field has in a row. */
export type Schema = Readonly<Record<string, Column<unknown>>>;

/** The row a schema describes. */
export type RowOf<S extends Schema> = {
  readonly [K in keyof S]: S[K] extends Column<infer T> ? T : never;
};

/**
 * Reads CSV text against a schema: every column of the schema must be in the header and no other, every
 * row must have as many cells as the header, every cell must be in its column's domain. Rows and the
 * array are frozen, since all callers of a loader share them.
 *
 * @param csv RFC 4180 text, UTF-8, with a header line
 * @param schema the columns, in any order
 * @param file how error messages call the table
 * @throws Error naming file, row, line, column, value and what was expected
 *
 * @example
 * import { flag, parseTable, positive } from "isoflop-datasets";
 *
 * const schema = { nParams: positive("n_params"), isOutlier: flag("is_outlier") };
 * const runs = parseTable("n_params,is_outlier\n7e9,0\n1e9,1\n", schema, "runs.csv");
 * runs; // => [{ nParams: 7e9, isOutlier: false }, { nParams: 1e9, isOutlier: true }]
 *
 * let said = "";
 * try {
 *   parseTable("n_params,is_outlier\n-3,0\n", schema, "runs.csv");
 * } catch (error) {
 *   if (error instanceof Error) said = error.message;
 * }
 * said; // => 'runs.csv, row 1 (line 2), column n_params: expected a number > 0, got "-3"'
 */
export function parseTable<S extends Schema>(csv: string, schema: S, file: string): readonly RowOf<S>[] {
  let fields: readonly Field[] = [];
  let width = 0;
  const rows: RowOf<S>[] = [];
  const placeOf = (line: number) => `${file}, row ${rows.length + 1} (line ${line})`;
  const reader = new CsvReader(
    {
      onHeader(header) {
        width = header.length;
        fields = findFields(header, schema, file);
      },
      onRow(cells, line) {
        const row: Record<string, unknown> = {};
        const place = placeOf(line);
        for (const { field, column, at } of fields) row[field] = readCell(column, cells[at]!, place);
        rows.push(Object.freeze(row) as RowOf<S>);
      },
      onRaggedRow(cells, line) {
        throw new Error(
          `${placeOf(line)}: expected ${width} cells, got ${cells.length}: ${JSON.stringify(cells.join(","))}`,
        );
      },
    },
    { file, delimiter: "," },
  );
  reader.push(csv);
  reader.end();
  if (width === 0) throw new Error(`${file} is empty; expected a header line`);
  return Object.freeze(rows);
}

interface Field {
  readonly field: string;
  readonly column: Column<unknown>;
  readonly at: number;
}

function findFields(header: readonly string[], schema: Schema, file: string): Field[] {
  const nameless = header.findIndex((name) => name.trim() === "") + 1;
  if (nameless > 0) {
    const wayOut = nameless === 1 ? "drop the index column" : "name it or drop it";
    throw new Error(`${file}: column ${nameless} has no name; ${wayOut}`);
  }
  const fields = Object.entries(schema).map(([field, column]) => ({
    field,
    column,
    at: position(header, column.header, file),
  }));
  const unknown = header.filter((name) => !fields.some(({ column }) => column.header === name));
  if (unknown.length > 0) {
    throw new Error(`${file} has the unknown column ${unknown.join(", ")}; drop it or add it to the schema`);
  }
  return fields;
}

function position(header: readonly string[], name: string, file: string): number {
  const at = header.indexOf(name);
  if (at < 0) throw new Error(`${file} lacks the column ${name}; its header is ${header.join(", ")}`);
  if (header.lastIndexOf(name) !== at) throw new Error(`${file} has the column ${name} twice`);
  return at;
}

function readCell(column: Column<unknown>, cell: string, place: string): unknown {
  if (cell === "" && column.optional) return undefined;
  const value = column.read(cell);
  if (value === undefined) {
    throw new Error(
      `${place}, column ${column.header}: expected ${column.expected}, got ${JSON.stringify(cell)}`,
    );
  }
  return value;
}
