import type { Schema } from "./parseTable.ts";
import { tableFile } from "./tableFile.ts";
import { type Table, tableLoader } from "./tableLoader.ts";

/** The row type of a loader: `Row<typeof chinchillaFigure4>`. */
export type Row<T extends () => readonly unknown[]> = ReturnType<T>[number];

/**
 * Makes the loader of `tables/NAME.csv`. In a bundle, where no file lies beside the program, only a loader of this package
 * has its table with it.
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
  return tableLoader(table, schema, tableFile);
}
