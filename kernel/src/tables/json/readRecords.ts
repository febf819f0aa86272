import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { passedOver } from "../logs/passedOver.ts";
import { FlatKeys } from "./FlatKeys.ts";
import type { JsonTable } from "./JsonTable.ts";
import { unroundedText } from "./unroundedText.ts";

/**
 * Makes columns of records that are in memory.
 *
 * @param lines the line of the file on which each record stands, where they have one
 */
export function readRecords(
  path: string,
  { records, notes, isLog }: JsonTable,
  choose: ChooseColumns,
  reading: Reading,
  lines?: readonly number[],
): ColumnTable {
  const keys = new FlatKeys(path);
  for (const record of records) keys.add(record);
  const wanted = choose(keys.names);
  const columns = [...new Set([...wanted.numbers, ...wanted.texts])];
  const builder = new ColumnBuilder(path, wanted, columns, reading);
  const place = (at: number) => (lines ? `line ${lines[at]}` : `row ${at + 1}`);
  let passed = 0;
  for (const [at, record] of records.entries()) {
    const lacks = (column: string) => (keys.valueOf(record, column) ?? null) === null;
    if (isLog && wanted.numbers.some(lacks)) {
      passed += 1;
      continue;
    }
    builder.hash(() => JSON.stringify(record));
    builder.add(
      columns.map((column) => keys.valueOf(record, column)),
      lines?.[at] ?? at + 1,
      (column) => unroundedText(path, place(at), column, keys.valueOf(record, column)),
    );
  }
  reading.onRows?.(builder.n);
  const table = builder.build(
    passed === 0 ? notes : [...notes, passedOver(passed, records.length, wanted.numbers)],
  );
  return { ...table, unit: lines ? "line" : "row" };
}
