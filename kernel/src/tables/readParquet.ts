import { ColumnBuilder } from "./ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";

/** Rows as objects are only held so many at a time. */
const sliceLength = 100_000;

/**
 * Reads columns of a Parquet file.
 *
 * @throws Error when the file is none
 */
export async function readParquet(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import(
    "hyparquet"
  );
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause: Error) => {
    throw new Error(`${path} is no Parquet file: ${cause.message}`, { cause });
  });
  const wanted = choose(parquetSchema(metadata).children.map((column) => column.element.name));
  const columns = [...new Set([...wanted.numbers, ...wanted.texts])];
  const builder = new ColumnBuilder(path, wanted, columns);
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += sliceLength) {
    const rowEnd = Math.min(total, rowStart + sliceLength);
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd });
    for (const row of rows) builder.add(columns.map((column) => row[column]));
    onRows?.(builder.n);
  }
  return builder.build();
}
