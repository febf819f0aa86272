import { closeSync } from "node:fs";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { openOrdinary } from "../files/openOrdinary.ts";
import { shownPath } from "../files/shownPath.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { readParquet } from "./parquet/readParquet.ts";
import { readJsonLines } from "./readJsonLines.ts";
import { readSeparated } from "./separated/readSeparated.ts";

/** The kinds of tables that are read, as `--format` takes them. */
export const tableFormats = ["csv", "tsv", "jsonl", "parquet"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** What the name of a file says that it holds; undefined where it says nothing of tables. */
export const tableKind = (path: string): string | undefined =>
  /\.(csv|tsv|txt|jsonl|ndjson|parquet)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();

/**
 * Reads columns of a CSV, TSV, JSONL (.jsonl, .ndjson) or Parquet file, the text formats also as .gz, row by row, so that
 * only the columns asked for are held.
 *
 * @param format what the file holds, where its name does not say it
 * @throws Error when the file is missing, empty, of another kind, or can be read in more than one way
 */
export async function readColumns(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
  format?: TableFormat,
): Promise<ColumnTable> {
  refuseWhatIsNoFile(path);
  const kind = format ?? tableKind(path);
  let table: ColumnTable | undefined;
  if (kind === "parquet") table = await readParquet(path, choose, onRows);
  else if (kind === "jsonl" || kind === "ndjson") table = await readJsonLines(path, choose, onRows);
  else if (kind) table = await readSeparated(path, kind === "tsv" ? "\t" : undefined, choose, onRows);
  else
    throw new Error(`${shownPath(path)} is of a kind that is not read; use .csv, .tsv, .jsonl or .parquet`);
  if (!table || table.n === 0)
    throw new Error(`${shownPath(path)} has no rows of data; a header and one row a run are needed`);
  return table;
}

function refuseWhatIsNoFile(path: string): void {
  try {
    closeSync(openOrdinary(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Error(`${shownPath(path)} does not exist; check the path`);
    if (code === "EISDIR") throw new Error(`${shownPath(path)} is a folder; name a file in it`);
    throw new Error(`${shownPath(path)} cannot be read: ${describeReadFailure(error as Error)}`, {
      cause: error,
    });
  }
}
