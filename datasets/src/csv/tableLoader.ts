import { parseTable, type RowOf, type Schema } from "./parseTable.ts";

/**
 * A loader: reads its table on the first call and gives the same frozen rows ever after. What it reads is written on it,
 * and from there into the API pages.
 */
export interface Table<S extends Schema> {
  (): readonly RowOf<S>[];
  /** The file's name without `.csv`. */
  readonly table: string;
  /** The columns, keyed by the field names of a row. */
  readonly schema: S;
}

/** The loader of a table whose text `read` gives when it is first asked for. */
export function tableLoader<S extends Schema>(
  table: string,
  schema: S,
  read: (table: string) => string,
): Table<S> {
  let rows: readonly RowOf<S>[] | undefined;
  const load = () => {
    rows ??= parseTable(read(table), schema, `${table}.csv`);
    return rows;
  };
  return Object.assign(load, { table, schema });
}
