import type { ColumnTable, WantedColumns } from "../ColumnTable.ts";

/** Columns that are reckoned from those of a file, and stand beside them as if the file had them. */
export interface DerivedColumns {
  readonly names: readonly string[];
  /** The columns that they are reckoned from, by their names in the file, with the option that names each. */
  readonly numbers: readonly { readonly column: string; readonly option: string }[];
  readonly texts: readonly { readonly column: string; readonly option: string }[];
  /** The columns, in the order of the names: what a row's cells come to. */
  compute(table: ColumnTable): readonly Float64Array[];
}

/** What is to be read of the file itself. */
export function withoutDerived(wanted: WantedColumns, derived: DerivedColumns): WantedColumns {
  return { ...wanted, numbers: wanted.numbers.filter((column) => !derived.names.includes(column)) };
}

/** A table with its derived columns. */
export function withDerived(table: ColumnTable, derived: DerivedColumns): ColumnTable {
  const columns = derived.compute(table);
  return {
    ...table,
    numbers: new Map([...table.numbers, ...derived.names.map((name, k) => [name, columns[k]!] as const)]),
    // A row's place is asked for by a method of the table.
    raggedCells: (row) => table.raggedCells(row),
    place: (row) => table.place(row),
  };
}
