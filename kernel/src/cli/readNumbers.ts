import { readFileSync } from "node:fs";
import Papa from "papaparse";

/** The names under which a number may stand in a file, the first being the one to recommend. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/**
 * Reads records of numbers from a CSV, TSV or JSONL file. Each field is looked up under its names, upper or
 * lower case; other columns are ignored.
 *
 * @throws Error naming file, row, column and value where a column is missing or a cell is not a number
 */
export function readNumbers<Field extends string>(
  path: string,
  columns: ColumnNames<Field>,
): Record<Field, number>[] {
  const kind = /\.(csv|tsv|txt|jsonl|ndjson)$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined) throw new Error(`${path} is of a kind that is not read; use .csv, .tsv or .jsonl`);
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new Error(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
  const rows = kind.endsWith("l") || kind === "ndjson" ? jsonRows(text, path) : separatedRows(text);
  if (rows.length === 0) throw new Error(`${path} has no rows of data`);
  const fields = Object.keys(columns) as Field[];
  const header = Object.keys(rows[0]!);
  const names = new Map(fields.map((field) => [field, findColumn(header, columns[field], path)]));
  return rows.map((row, i) => {
    const record = {} as Record<Field, number>;
    for (const field of fields) {
      const name = names.get(field)!;
      const cell = row[name];
      const value = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : cell;
      if (typeof value !== "number" || !Number.isFinite(value)) {
        throw new Error(
          `${path}, row ${i + 1}, ${name}: expected a number, got ${JSON.stringify(cell) ?? "nothing"}`,
        );
      }
      record[field] = value;
    }
    return record;
  });
}

function findColumn(header: readonly string[], names: readonly string[], path: string): string {
  for (const name of names) {
    const found = header.find((column) => column.trim().toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  throw new Error(
    `${path} lacks a column ${names[0]} (or ${names.slice(1).join(", ")}); it has ${header.join(", ")}`,
  );
}

function separatedRows(text: string): Record<string, unknown>[] {
  return Papa.parse<Record<string, unknown>>(text, { header: true, skipEmptyLines: "greedy" }).data;
}

function jsonRows(text: string, path: string): Record<string, unknown>[] {
  return text
    .split(/\r?\n/)
    .map((line, i) => [line, i + 1] as const)
    .filter(([line]) => line.trim() !== "")
    .map(([line, number]) => {
      try {
        const value: unknown = JSON.parse(line);
        if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
      } catch {
        // Told below, together with lines that hold something else than an object.
      }
      throw new Error(`${path}, line ${number} is not a JSON object: ${line.slice(0, 60)}`);
    });
}
