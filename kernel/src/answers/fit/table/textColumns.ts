import { statSync } from "node:fs";
import { shownPath } from "../../../files/shownPath.ts";
import type { TableFile } from "../../../tables/loadAllRuns.ts";
import type { LoadedRuns } from "../../../tables/loadRuns.ts";
import { readColumns } from "../../../tables/readColumns.ts";

/** Larger files are not read a second time for the sake of a note. */
const mostBytes = 8_000_000;
const mostColumns = 60;

/**
 * The columns of texts that stand beside the runs, a text a run: names, families, corpora. Empty where a file is large, or
 * has columns that are no plain texts: they serve notes, and nothing else.
 */
export async function textColumns(
  files: readonly TableFile[],
  loaded: LoadedRuns,
  decimal?: "point" | "comma",
): Promise<ReadonlyMap<string, readonly string[]>> {
  const used = new Set(loaded.sources.map(({ column }) => column));
  const byPlace = new Map<string, ReadonlyMap<string, string>>();
  let shared: Set<string> | undefined;
  for (const { path, format } of files) {
    try {
      if (statSync(path).size > mostBytes) return new Map();
      let wanted: string[] = [];
      const table = await readColumns(
        path,
        (header) => {
          wanted = [...new Set(header)].filter((name) => !used.has(name)).slice(0, mostColumns);
          return { numbers: [], texts: wanted };
        },
        undefined,
        format,
        decimal,
      );
      const texts = wanted.filter((name) => isText(table.texts.get(name)!));
      shared = new Set(texts.filter((name) => shared === undefined || shared.has(name)));
      const file = files.length > 1 ? `${shownPath(path)}, ` : "";
      for (let row = 0; row < table.n; row++) {
        const cells = texts.map((name) => [name, table.texts.get(name)![row]!] as const);
        byPlace.set(`${file}${table.unit} ${table.place(row)}`, new Map(cells));
      }
    } catch {
      return new Map();
    }
  }
  const rows = Array.from({ length: loaded.runs.length }, (_, k) => byPlace.get(loaded.placeOf(k)));
  if (rows.includes(undefined)) return new Map();
  return new Map([...(shared ?? [])].map((name) => [name, rows.map((row) => row!.get(name)!)]));
}

/** Whether most cells that are not empty are no numbers. */
function isText(values: readonly string[]): boolean {
  const filled = values.filter((value) => value.trim() !== "");
  return filled.filter((value) => Number.isNaN(Number(value))).length > filled.length / 2;
}
