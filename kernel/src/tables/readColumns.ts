import { closeSync } from "node:fs";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { openOrdinary } from "../files/openOrdinary.ts";
import { shownPath } from "../files/shownPath.ts";
import type { ChooseColumns, ColumnTable, OnRows, Reading } from "./ColumnTable.ts";
import { readJson } from "./json/readJson.ts";
import { readJsonLines } from "./json/readJsonLines.ts";
import { type NumberStyle, plainStyle } from "./numbers/NumberStyle.ts";
import { StyleEvidence } from "./numbers/StyleEvidence.ts";
import { readSeparated } from "./separated/readSeparated.ts";
import { type TableFormat, tableKind, whyNotRead } from "./tableKind.ts";

/**
 * Reads columns of a table: CSV, TSV, JSON, JSON lines (.jsonl, .ndjson), TensorBoard's event files, all these also as .gz
 * or .zst, and Parquet; row by row, so that only the columns asked for are held. Files that write 2,5 or 1,234,567 are
 * read so where all their numbers agree, which is told.
 *
 * @param format what the file holds, where its name does not say it
 * @param decimal what the decimal sign is, where the file does not show it
 * @throws Error when the file is missing, empty, of another kind, or can be read in more than one way
 */
export async function readColumns(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
  format?: TableFormat,
  decimal?: "point" | "comma",
): Promise<ColumnTable> {
  refuseWhatIsNoFile(path);
  const kind = format ?? tableKind(path);
  if (!kind) throw new Error(`${shownPath(path)} ${whyNotRead(path)}`);
  const read = (reading: Reading) => readAs(kind, path, choose, { ...(onRows && { onRows }), ...reading });
  const given: NumberStyle | undefined = decimal && styles[decimal];
  let table = await read(given ? { style: given } : {});
  if (table && !given && table.styledCells > 0) {
    const evidence = new StyleEvidence();
    await read({ evidence });
    const style = evidence.style();
    if (style !== plainStyle) {
      const styled = await read({ style });
      table = styled && { ...styled, notes: [...styled.notes, ...evidence.describe(style, styled.unit)] };
    }
  }
  if (!table || table.n === 0)
    throw new Error(`${shownPath(path)} has no rows of data; a header and one row a run are needed`);
  return table;
}

const styles: Readonly<Record<"point" | "comma", NumberStyle>> = {
  point: { decimal: ".", group: "," },
  comma: { decimal: ",", group: "." },
};

async function readAs(
  kind: TableFormat,
  path: string,
  choose: ChooseColumns,
  reading: Reading,
): Promise<ColumnTable | undefined> {
  // Most tables are text: what reads the others is loaded where there are such.
  if (kind === "parquet") {
    const { readParquet } = await import("./parquet/readParquet.ts");
    return readParquet(path, choose, reading);
  }
  if (kind === "jsonl") return readJsonLines(path, choose, reading);
  if (kind === "json") return readJson(path, choose, reading);
  if (kind === "tfevents") {
    const { readEvents } = await import("./events/readEvents.ts");
    return readEvents(path, choose, reading);
  }
  return readSeparated(path, kind === "tsv" ? "\t" : undefined, choose, reading);
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
