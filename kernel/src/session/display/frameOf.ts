import { rowLimit, type TableData } from "./htmlTable.ts";
import { recordsTable } from "./tableOf.ts";

interface Danfo {
  $data: unknown[];
  $columns: string[];
  $isSeries?: boolean;
}
interface Arquero {
  numRows(): number;
  columnNames(): string[];
  objects(options: { limit: number }): Record<string, unknown>[];
}
interface Polars {
  height?: number;
  head(rows: number): Polars;
  toRecords(): Record<string, unknown>[];
}

/** A data frame of danfojs, arquero or polars as a table, known by its shape. */
export function frameOf(value: object): TableData | undefined {
  if (isDanfo(value)) {
    const rows = value.$isSeries ? value.$data.map((each) => [each]) : (value.$data as unknown[][]);
    return { columns: value.$columns, rows: rows.slice(0, rowLimit), length: rows.length };
  }
  if (has<Arquero>(value, "numRows", "columnNames", "objects")) {
    const columns = value.columnNames();
    const rows = value.objects({ limit: rowLimit }).map((record) => columns.map((name) => record[name]));
    return { columns, rows, length: value.numRows() };
  }
  if ("schema" in value && has<Polars>(value, "head", "toRecords")) {
    const records = value.head(rowLimit).toRecords();
    return recordsTable(records, Math.max(value.height ?? 0, records.length));
  }
  return undefined;
}

function has<T extends object>(value: object, ...methods: (keyof T & string)[]): value is T {
  return methods.every((name) => typeof (value as Record<string, unknown>)[name] === "function");
}

function isDanfo(value: object): value is Danfo {
  const { $data, $columns } = value as Partial<Danfo>;
  return Array.isArray($data) && Array.isArray($columns);
}
