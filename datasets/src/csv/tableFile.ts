import { existsSync, readFileSync } from "node:fs";

/**
 * The text of `tables/NAME.csv`. The path is taken from this module, and `src/csv` and `dist/csv` lie equally deep, so it
 * holds in the sources, in the build and in the installed package. In the build for bundlers, where each loader carries
 * its table, `bundled/tableFile.js` stands here.
 */
export function tableFile(table: string): string {
  const file = new URL(`../../tables/${table}.csv`, import.meta.url);
  if (existsSync(file)) return readFileSync(file, "utf8");
  throw new Error(
    `there is no tables/${table}.csv; write it, or give defineTable the name of a table that is there, got ` +
      `${JSON.stringify(table)}; a bundle for Node has the tables in it when it is built with the condition "module"`,
  );
}
