import { readFileSync } from "node:fs";
import { parseTable, type RowOf, type Schema } from "./parseTable.ts";

/** A loader: reads its table on the first call and gives the same frozen rows ever after. */
export type Table<S extends Schema> = () => readonly RowOf<S>[];

/** The row type of a loader: `Row<typeof chinchillaFigure4>`. */
export type Row<T extends () => readonly unknown[]> = ReturnType<T>[number];

/**
 * Makes the loader of `tables/NAME.csv`. The path is taken from this module, and `src/csv` and `dist/csv`
 * lie equally deep, so it holds in the sources, in the build and in the installed package.
 *
 * @param name the file's name without `.csv`; the datasheet is `tables/NAME.md`
 * @param schema the columns, keyed by the field names of a row
 */
export function defineTable<const S extends Schema>(name: string, schema: S): Table<S> {
  let rows: readonly RowOf<S>[] | undefined;
  return () => {
    rows ??= parseTable(
      readFileSync(new URL(`../../tables/${name}.csv`, import.meta.url), "utf8"),
      schema,
      `${name}.csv`,
    );
    return rows;
  };
}
