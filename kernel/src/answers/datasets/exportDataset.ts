import type { Dataset } from "./catalogue.ts";
import { type CellValue, recordsOf } from "./cells.ts";

/** The kinds of file a table is written as. */
export const exportFormats = ["csv", "tsv", "json", "jsonl", "parquet"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What the name of a file says that it holds; undefined where it says nothing of tables. */
export function exportKind(path: string): ExportFormat | undefined {
  const [, extension] = /\.([a-z]+)$/i.exec(path) ?? [];
  const kind = extension?.toLowerCase().replace("ndjson", "jsonl");
  return exportFormats.find((format) => format === kind);
}

/**
 * A table as the content of a file. Its columns have the names of the datasheet, its numbers every digit; what was not
 * published is an empty cell, or null. A yes or no is 1 or 0 where there is only text, and true or false elsewhere.
 */
export async function exportDataset(dataset: Dataset, format: ExportFormat): Promise<string | Uint8Array> {
  const records = recordsOf(dataset);
  const columns = Object.keys(records[0] ?? {});
  switch (format) {
    case "csv":
      return separated(columns, records, ",");
    case "tsv":
      return separated(columns, records, "\t");
    case "json":
      return `[\n${records.map((record) => `  ${jsonText(record)}`).join(",\n")}\n]\n`;
    case "jsonl":
      return records.map((record) => `${jsonText(record)}\n`).join("");
    case "parquet":
      return await parquet(columns, records);
  }
}

type Records = readonly Readonly<Record<string, CellValue>>[];

/** As `JSON.stringify`, which has no zero below 0; JSON itself has. */
function jsonText(record: Records[number]): string {
  const fields = Object.entries(record).map(
    ([name, cell]) => `${JSON.stringify(name)}:${Object.is(cell, -0) ? "-0" : JSON.stringify(cell)}`,
  );
  return `{${fields.join(",")}}`;
}

function separated(columns: readonly string[], records: Records, delimiter: string): string {
  const line = (cells: readonly CellValue[]) =>
    `${cells.map((cell) => cellText(cell, delimiter)).join(delimiter)}\n`;
  return line(columns) + records.map((record) => line(columns.map((column) => record[column]!))).join("");
}

function cellText(cell: CellValue, delimiter: string): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "1" : "0";
  const text = Object.is(cell, -0) ? "-0" : String(cell);
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function parquet(columns: readonly string[], records: Records): Promise<Uint8Array> {
  // Loaded by those who want a Parquet file.
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map((name) => {
    const data = records.map((record) => record[name]!);
    const kinds = new Set(data.filter((cell) => cell !== null).map((cell) => typeof cell));
    const type = kinds.has("string") ? "STRING" : kinds.has("boolean") ? "BOOLEAN" : "DOUBLE";
    return { name, data, type, nullable: data.some((cell) => cell === null) } as const;
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
