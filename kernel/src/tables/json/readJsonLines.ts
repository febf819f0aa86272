import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows, Reading, WantedColumns } from "../ColumnTable.ts";
import { forEachLine } from "../forEachLine.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { deepRepeatedKey } from "./deepRepeatedKey.ts";
import { FlatKeys, isNested } from "./FlatKeys.ts";
import { FlatLayout } from "./FlatLayout.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import { parseJson } from "./parseJson.ts";
import { countMembers, repeatedKey, writtenNumber } from "./repeatedKey.ts";
import { unroundedText } from "./unroundedText.ts";

/** So many rows at the beginning are looked at before the columns are chosen, as in DuckDB. */
const rowsLooked = 20_480;

/** A line with more characters than this may have more keys than a table has columns. */
const longLine = 400_000;

/** A file whose lines are written in so many ways is parsed line by line. */
const mostLayouts = 100;

/** So many empty lines on end are no table: packed, a gigabyte of them is a small file. */
const mostEmptyLines = 1_000_000;

/**
 * Reads columns of a file with one JSON object a line; all keys that one of them has are columns. The first rows mostly
 * have them all, and the file is read once behind them; where one further down has another key that changes what is
 * chosen, it is read anew.
 *
 * @returns undefined where the file has no object
 * @throws Error naming the line that is no JSON object
 */
export async function readJsonLines(
  path: string,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable | undefined> {
  const { onRows } = reading;
  const keys = new FlatKeys(path);
  let rows = 0;
  await forEachRecord(path, (record) => {
    keys.add(record);
    rows += 1;
    if (rows % 1000 === 0) onRows?.(rows);
    return rows === rowsLooked ? "enough" : undefined;
  });
  if (rows === 0) return undefined;
  let wanted = await chooseFrom(path, keys, choose, onRows);
  for (;;) {
    const known = keys.size;
    const table = await readWanted(path, wanted, keys, reading);
    if (keys.size === known) return table;
    const chosen = wanted;
    wanted = choose(keys.names);
    if (JSON.stringify(wanted) === JSON.stringify(chosen)) return table;
  }
}

/** The columns to read; a column that the first rows lack may have its first value far down. */
async function chooseFrom(
  path: string,
  keys: FlatKeys,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<WantedColumns> {
  try {
    return choose(keys.names);
  } catch {
    let rows = 0;
    await forEachRecord(path, (record) => {
      keys.add(record);
      if (++rows % 1000 === 0) onRows?.(rows);
      return undefined;
    });
    return choose(keys.names);
  }
}

async function readWanted(
  path: string,
  wanted: WantedColumns,
  keys: FlatKeys,
  reading: Reading,
): Promise<ColumnTable> {
  const columns = [...new Set([...wanted.numbers, ...wanted.texts])];
  const builder = new ColumnBuilder(path, wanted, columns, reading);
  const isNumbers = wanted.texts.length === 0 && !wanted.wholeRows;
  const values = new Float64Array(wanted.numbers.length);
  let layout: FlatLayout | undefined;
  let layouts = 0;
  const take = (record: JsonRecord, line: number, text: string) => {
    keys.add(record);
    if (isNumbers && layouts < mostLayouts) {
      layout = FlatLayout.of(text, record, wanted.numbers) ?? layout;
      layouts += 1;
    }
    builder.hash(() => text.trim());
    builder.add(
      columns.map((column) => keys.valueOf(record, column)),
      line,
      (column) =>
        Object.hasOwn(record, column)
          ? writtenNumber(text, column)
          : unroundedText(path, `line ${line}`, column, keys.valueOf(record, column)),
    );
    if (builder.n % 1000 === 0) reading.onRows?.(builder.n);
    return undefined;
  };
  // What is written as a line before has the same keys, and they were looked at.
  const takeAlike = (text: string, line: number) => {
    if (!layout?.read(text, values)) return false;
    builder.addNumbers(values, line);
    if (builder.n % 1000 === 0) reading.onRows?.(builder.n);
    return true;
  };
  await forEachRecord(path, take, takeAlike);
  return builder.build();
}

async function forEachRecord(
  path: string,
  take: (record: JsonRecord, line: number, text: string) => "enough" | undefined,
  takeAlike?: (text: string, line: number) => boolean,
): Promise<void> {
  let emptyLines = 0;
  await forEachLine(path, (text, line) => {
    if (takeAlike?.(text, line)) {
      emptyLines = 0;
      return undefined;
    }
    if (text.trim() !== "") {
      emptyLines = 0;
      return take(parseRecord(path, text, line), line, text);
    }
    emptyLines += 1;
    if (emptyLines <= mostEmptyLines) return undefined;
    throw new Error(
      `${shownPath(path)}, line ${line}: ${emptyLines} empty lines follow each other; this is no table`,
    );
  });
}

function parseRecord(path: string, text: string, line: number): JsonRecord {
  let record: unknown;
  // A million keys take seconds to parse, and a blink to count.
  if (text.length > longLine) refuseManyColumns(`${shownPath(path)}, line ${line}`, countMembers(text));
  try {
    record = parseJson(text);
  } catch (cause) {
    const said = excerpt((cause as Error).message, 200);
    throw new Error(
      `${shownPath(path)}, line ${line} is not JSON: ${said}; each line needs one whole object`,
      { cause },
    );
  }
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    throw new Error(
      `${shownPath(path)}, line ${line} must be an object such as {"n_params": 7e9, …}, got ${excerpt(text, 60)}`,
    );
  }
  const isDeep = isNested(record as JsonRecord);
  const twice = isDeep ? deepRepeatedKey(text) : repeatedKey(text, Object.keys(record).length);
  if (twice !== undefined) {
    throw new Error(
      `${shownPath(path)}, line ${line} has the key ${excerpt(twice)} twice; give one of them another name`,
    );
  }
  return record as JsonRecord;
}
