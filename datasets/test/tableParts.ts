import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../src/csv/defineTable.ts";
import type { Schema } from "../src/csv/parseTable.ts";

/** A table's three parts, as far as they are there. */
export interface TableParts {
  readonly csv?: string;
  readonly sheet?: string;
  /** The loader's file. */
  readonly source: string;
  readonly load?: Table<Schema>;
  /** What is missing, a sentence each, which names the file and the way out. */
  readonly missing: readonly string[];
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The names of all tables of a package: of every CSV file, every datasheet and every loader that defines one. */
export function tableNames(folder: string): string[] {
  const files = readdirSync(join(folder, "tables")).map((file) => file.replace(/\.(csv|md)$/, ""));
  const loaders = readdirSync(join(folder, "src/tables")).flatMap((file) => {
    const source = readFileSync(join(folder, "src/tables", file), "utf8");
    return [...source.matchAll(/defineTable\(\s*"(\w+)"/g)].map(([, name]) => name!);
  });
  return [...new Set([...files, ...loaders])].sort();
}

/**
 * Finds the parts of one table. The loader is imported from its own file, so that one that is missing or broken leaves
 * the other tables alone.
 */
export async function tableParts(folder: string, name: string): Promise<TableParts> {
  const read = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;
  const loader = camelCase(name);
  const source = `src/tables/${loader}.ts`;
  const csv = read(`tables/${name}.csv`);
  const sheet = read(`tables/${name}.md`);
  const [load, fault] = await importLoader(join(folder, source), loader);
  const exported = new RegExp(`^export \\{ ${loader} \\} from "\\./tables/${loader}\\.ts";$`, "m");
  const missing = [
    csv === undefined && `tables/${name}.csv is missing; write the table, or delete what else bears its name`,
    sheet === undefined && `tables/${name}.md is missing; write the datasheet, as datasets/README.md shows`,
    fault && `${source} ${fault}`,
    load && load.table !== name && `${source} reads "${load.table}"; give defineTable the name "${name}"`,
    load &&
      !exported.test(read("src/index.ts") ?? "") &&
      `src/index.ts does not export ${loader}; add export { ${loader} } from "./tables/${loader}.ts";`,
  ].filter((sentence) => typeof sentence === "string");
  return { csv, sheet, source, load, missing };
}

/** A loader, or what is wrong with its file. */
async function importLoader(file: string, name: string): Promise<[Table<Schema>?, string?]> {
  if (!existsSync(file)) return [undefined, "is missing; write the loader, as datasets/README.md shows"];
  try {
    const load = ((await import(/* @vite-ignore */ file)) as Record<string, unknown>)[name];
    if (typeof load === "function") return [load as Table<Schema>];
    return [undefined, `does not export the loader ${name}; name it so, after its table`];
  } catch (error) {
    return [undefined, `cannot be imported: ${error instanceof Error ? error.message : error}`];
  }
}
