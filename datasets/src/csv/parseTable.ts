import { parse } from "csv-parse/sync";
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
 */
export function parseTable<S extends Schema>(csv: string, schema: S, file: string): readonly RowOf<S>[] {
  const records = parse(csv, {
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    info: true,
  }) as unknown as readonly { record: string[]; info: { lines: number } }[];
  const [head, ...body] = records;
  if (head === undefined) throw new Error(`${file} is empty; expected a header line`);
  const header = head.record;
  const fields = Object.entries(schema).map(([field, column]) => ({
    field,
    column,
    at: position(header, column.header, file),
  }));
  const unknown = header.filter((name) => !fields.some(({ column }) => column.header === name));
  if (unknown.length > 0) {
    throw new Error(`${file} has the unknown column ${unknown.join(", ")}; drop it or add it to the schema`);
  }
  const rows = body.map(({ record, info }, index) => {
    const place = `${file}, row ${index + 1} (line ${info.lines})`;
    if (record.length !== header.length) {
      throw new Error(
        `${place}: expected ${header.length} cells, got ${record.length}: ${JSON.stringify(record.join(","))}`,
      );
    }
    const row: Record<string, unknown> = {};
    for (const { field, column, at } of fields) row[field] = readCell(column, record[at]!, place);
    return Object.freeze(row) as RowOf<S>;
  });
  return Object.freeze(rows);
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
