import type { AsyncBuffer, FileMetaData, SchemaTree } from "hyparquet";
import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { mostRows } from "../ColumnBuilder.ts";

export interface OpenParquet {
  readonly metadata: FileMetaData;
  /** The columns at the top of the file, in its order. */
  readonly columns: readonly SchemaTree[];
}

/**
 * Reads what a Parquet file says of itself at its end.
 *
 * @throws Error in one line where it is no Parquet file, or says what cannot be
 */
export async function openParquet(path: string, file: AsyncBuffer): Promise<OpenParquet> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new Error(`${shownPath(path)} is no Parquet file: ${why}`, { cause });
  };
  if (file.byteLength === 0) refuse("it is empty");
  if (file.byteLength < 12) refuse(`it has but ${file.byteLength} bytes`);
  const mark = Buffer.from(await file.slice(file.byteLength - 4, file.byteLength)).toString("latin1");
  if (mark === "PARE") refuse("it is encrypted; write it without");
  if (mark !== "PAR1") refuse("it does not end in PAR1; it is cut off or of another kind, get it again");
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  try {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    const columns = parquetSchema(metadata).children;
    if (columns.some(({ element }) => typeof element.name !== "string")) {
      throw new Error("a column has no name");
    }
    refuseWrongCounts(metadata);
    return { metadata, columns };
  } catch (cause) {
    return refuse(
      `the list of columns at its end cannot be read: ${plainReason(cause)}; get it again`,
      cause,
    );
  }
}

function refuseWrongCounts({ num_rows, row_groups }: FileMetaData): void {
  let rows = 0;
  for (const group of row_groups) {
    const here = Number(group.num_rows);
    if (!(here >= 0)) throw new Error(`a part of it is said to have ${here} rows`);
    rows += here;
  }
  if (rows !== Number(num_rows)) throw new Error(`it says ${num_rows} rows, its parts have ${rows}`);
  if (rows > mostRows) throw new Error(`it has more than ${mostRows} rows; fit a sample of them`);
}

/** What the library says where it means it; what JavaScript says of bytes that made no sense helps nobody. */
export function plainReason(cause: unknown): string {
  if (!(cause instanceof Error) || Object.getPrototypeOf(cause) !== Error.prototype) {
    return "its bytes do not fit together";
  }
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code?.startsWith("Z_") || code?.startsWith("ERR_")) return "a page cannot be unpacked";
  return excerpt(message.replace(/^(parquet|thrift) /, ""), 200);
}
