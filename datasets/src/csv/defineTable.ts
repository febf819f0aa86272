import { existsSync, readFileSync } from "node:fs";
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

/** The row type of a loader: `Row<typeof chinchillaFigure4>`. */
export type Row<T extends () => readonly unknown[]> = ReturnType<T>[number];

/**
 * Makes the loader of `tables/NAME.csv`. The path is taken from this module, and `src/csv` and `dist/csv`
 * lie equally deep, so it holds in the sources, in the build and in the installed package.
 *
 * @param table the file's name without `.csv`; the datasheet is `tables/NAME.md`
 * @param schema the columns, keyed by the field names of a row
 * @throws Error from the loader where the file is missing, or as `parseTable` does where it is malformed
 *
 * @example
 * import { defineTable, positive, text } from "isoflop-datasets";
 *
 * const composition = defineTable("massiveds_composition", {
 *   domain: text("domain"),
 *   nTokens: positive("n_tokens"),
 * });
 * composition().find((row) => row.domain === "math")?.nTokens; // => 14100000000
 * composition() === composition(); // => true
 */
export function defineTable<const S extends Schema>(table: string, schema: S): Table<S> {
  let rows: readonly RowOf<S>[] | undefined;
  const load = () => {
    rows ??= parseTable(readTable(table), schema, `${table}.csv`);
    return rows;
  };
  return Object.assign(load, { table, schema });
}

function readTable(table: string): string {
  const file = new URL(`../../tables/${table}.csv`, import.meta.url);
  if (!existsSync(file)) {
    throw new Error(
      `there is no tables/${table}.csv; write it, or give defineTable the name of a table that is there, got ` +
        JSON.stringify(table),
    );
  }
  return readFileSync(file, "utf8");
}
