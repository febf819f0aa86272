import { closeSync, fstatSync } from "node:fs";
import { excerpt } from "isoflop-datasets/csv";
import { openOrdinary } from "../files/openOrdinary.ts";
import { ColumnBuilder } from "./ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { fileBuffer } from "./fileBuffer.ts";

/** Rows as objects are only held so many at a time. */
const sliceLength = 100_000;

/**
 * Reads columns of a Parquet file.
 *
 * @throws Error when the file is none, or is damaged
 */
export async function readParquet(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable> {
  const descriptor = openOrdinary(path);
  try {
    return await readOpen(path, descriptor, choose, onRows);
  } finally {
    closeSync(descriptor);
  }
}

async function readOpen(path: string, descriptor: number, choose: ChooseColumns, onRows?: OnRows) {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const file = fileBuffer(descriptor, fstatSync(descriptor).size);
  const damaged = (what: string) => (cause: Error) => {
    throw new Error(`${path} ${what}: ${excerpt(cause.message, 200)}`, { cause });
  };
  const metadata = await parquetMetadataAsync(file).catch(damaged("is no Parquet file"));
  const names = namesOf(() => parquetSchema(metadata).children.map((column) => column.element.name), damaged);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined)
    throw new Error(`${path} has the column "${excerpt(twice)}" twice; drop one of them`);
  const wanted = choose(names);
  const columns = [...new Set([...wanted.numbers, ...wanted.texts])];
  const builder = new ColumnBuilder(path, wanted, columns);
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += sliceLength) {
    const rowEnd = Math.min(total, rowStart + sliceLength);
    const place = `is damaged, rows ${rowStart + 1} to ${rowEnd}`;
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd }).catch(
      damaged(place),
    );
    if (rows.length < rowEnd - rowStart) damaged(place)(new Error(`it has but ${rows.length} of them`));
    for (const row of rows) builder.add(columns.map((column) => row[column]));
    onRows?.(builder.n);
  }
  return builder.build();
}

function namesOf(read: () => string[], damaged: (what: string) => (cause: Error) => never): string[] {
  try {
    return read();
  } catch (cause) {
    return damaged("is no Parquet file")(cause as Error);
  }
}
