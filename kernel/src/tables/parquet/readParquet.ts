import { closeSync, fstatSync } from "node:fs";
import type { AsyncBuffer, ColumnMetaData, ParquetReadOptions, RowGroup, SchemaTree } from "hyparquet";
import { excerpt } from "isoflop-datasets/csv";
import { openOrdinary } from "../../files/openOrdinary.ts";
import { shownPath } from "../../files/shownPath.ts";
import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { checkPages } from "./checkPages.ts";
import { loadCodecs, whyNotUnpacked } from "./codecs.ts";
import { asItIs, type CellReader, cellReader, exactParsers } from "./exactValues.ts";
import { fileBuffer } from "./fileBuffer.ts";
import { openParquet, plainReason } from "./openParquet.ts";

/** Rows are only held so many at a time. */
const sliceLength = 100_000;

/**
 * Reads columns of a Parquet file. Checksums of pages are compared where the file has them.
 *
 * @throws Error when the file is none, is damaged, or is packed with a codec that is not read
 */
export async function readParquet(
  path: string,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable> {
  const descriptor = openOrdinary(path);
  try {
    return await readOpen(path, fileBuffer(descriptor, fstatSync(descriptor).size), choose, reading);
  } finally {
    closeSync(descriptor);
  }
}

async function readOpen(path: string, file: AsyncBuffer, choose: ChooseColumns, reading: Reading) {
  const { metadata, columns: all } = await openParquet(path, file);
  const names = all.map(({ element }) => element.name);
  refuseManyColumns(shownPath(path), names.length);
  refuseRepeatedName(path, names);
  const wanted = choose(names);
  const used = [...new Set([...wanted.numbers, ...wanted.texts])];
  // Whether rows repeat as a whole is told by all columns.
  const columns = wanted.wholeRows ? names : used;
  const chosen = columns.map((name) => all[names.indexOf(name)]!);
  for (const column of chosen) if (wanted.texts.includes(column.element.name)) refuseNested(path, column);
  const readers = chosen.map((column) => {
    try {
      return cellReader(column);
    } catch (cause) {
      return refuseDamaged(path, `column "${excerpt(column.element.name)}"`, cause);
    }
  });
  const options = {
    file,
    metadata,
    columns,
    utf8: false,
    parsers: exactParsers,
    compressors: await loadCodecs(),
  };
  const builder = new ColumnBuilder(path, wanted, columns, reading);
  const isNumbers = wanted.texts.length === 0 && !wanted.wholeRows;
  const numbersAt = isNumbers ? wanted.numbers.map((name) => columns.indexOf(name)) : undefined;
  for (const group of metadata.row_groups) {
    const first = builder.n;
    const end = first + Number(group.num_rows);
    for (const column of chosen) await checkColumn(path, file, group, column, first);
    while (builder.n < end) {
      const rowEnd = Math.min(end, builder.n + sliceLength);
      const slice = { ...options, rowStart: builder.n, rowEnd };
      addRows(builder, await readCells(path, slice, readers), rowEnd - builder.n, numbersAt);
      reading.onRows?.(builder.n);
    }
  }
  return builder.build();
}

const wholeRow = (row: readonly unknown[]) =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));

/**
 * Adds rows to a table.
 *
 * @param cells by column
 * @param numbersAt where the columns of numbers stand, where there are no others
 */
function addRows(
  builder: ColumnBuilder,
  cells: readonly (readonly unknown[])[],
  count: number,
  numbersAt: readonly number[] | undefined,
): void {
  const row: unknown[] = cells.map(() => undefined);
  const numbers = numbersAt?.map((at) => cells[at]!);
  const values = new Float64Array(numbers?.length ?? 0);
  for (let k = 0; k < count; k++) {
    if (numbers && takeNumbers(numbers, k, values)) {
      builder.addNumbers(values);
      continue;
    }
    for (let at = 0; at < row.length; at++) row[at] = cells[at]![k];
    builder.hash(() => wholeRow(row));
    builder.add(row);
  }
}

/** Takes the numbers of a row; false where one of its cells is none. */
function takeNumbers(columns: readonly (readonly unknown[])[], row: number, values: Float64Array): boolean {
  for (let at = 0; at < columns.length; at++) {
    const value = columns[at]![row];
    if (typeof value !== "number" || Number.isNaN(value)) return false;
    values[at] = value;
  }
  return true;
}

type RowOptions = Omit<ParquetReadOptions, "rowFormat" | "onComplete"> & {
  columns: readonly string[];
  rowStart: number;
  rowEnd: number;
};

/** The cells of some rows, by column: rows as objects or arrays of their own would cost more than all else. */
async function readCells(
  path: string,
  options: RowOptions,
  readers: readonly CellReader[],
): Promise<unknown[][]> {
  const { parquetRead } = await import("hyparquet");
  const { columns, rowStart, rowEnd } = options;
  const count = rowEnd - rowStart;
  try {
    const cells = columns.map(() => new Array<unknown>(count));
    const filled = columns.map(() => 0);
    // Nothing may be thrown here: nobody would catch it.
    const onChunk: ParquetReadOptions["onChunk"] = ({ columnName, columnData, rowStart: first }) => {
      const column = columns.indexOf(columnName);
      const to = cells[column];
      if (!to) return;
      const from = Math.max(0, rowStart - first);
      const end = Math.min(columnData.length, rowEnd - first);
      for (let k = from; k < end; k++) to[first + k - rowStart] = columnData[k];
      filled[column]! += Math.max(0, end - from);
    };
    await parquetRead({ ...options, onChunk });
    const least = Math.min(...filled);
    if (least < count) throw new Error(`it has but ${least} of them`);
    return cells.map((column, k) => (readers[k] === asItIs ? column : column.map(readers[k]!)));
  } catch (cause) {
    return refuseDamaged(path, `rows ${rowStart + 1} to ${rowEnd}`, cause);
  }
}

/** Looks at the pages of a column in one part of the file, before anything of them is believed. */
async function checkColumn(
  path: string,
  file: AsyncBuffer,
  group: RowGroup,
  column: SchemaTree,
  first: number,
): Promise<void> {
  const { name } = column.element;
  const rows = Number(group.num_rows);
  const place = `rows ${first + 1} to ${first + rows}, column "${excerpt(name)}"`;
  const parts = group.columns
    .map((chunk) => chunk.meta_data)
    .filter((meta) => meta?.path_in_schema[0] === name);
  if (parts.length === 0) refuseDamaged(path, place, new Error("they are not in it"));
  for (const meta of parts as ColumnMetaData[]) {
    const packed = whyNotUnpacked(meta.codec);
    if (packed !== undefined)
      throw new Error(`${shownPath(path)} has the column "${excerpt(name)}" ${packed}`);
    try {
      const isFlat = column.children.length === 0 && column.element.repetition_type !== "REPEATED";
      if (isFlat && Number(meta.num_values) !== rows) throw new Error(`it has ${meta.num_values} of them`);
      await checkPages(file, meta);
    } catch (cause) {
      refuseDamaged(path, place, cause);
    }
  }
}

function refuseDamaged(path: string, place: string, cause: unknown): never {
  throw new Error(
    `${shownPath(path)} is damaged, ${place}: ${plainReason(cause)}; get it again, or write it anew`,
    {
      cause,
    },
  );
}

function refuseRepeatedName(path: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new Error(`${shownPath(path)} has the column "${excerpt(name)}" twice; drop one of them`);
    seen.add(name);
  }
}

function refuseNested(path: string, { element, children }: SchemaTree): void {
  if (children.length === 0 && element.repetition_type !== "REPEATED") return;
  throw new RangeError(
    `${shownPath(path)}, column "${excerpt(element.name)}": each row has an object or an array here, where a text or a number is needed; take another column`,
  );
}
