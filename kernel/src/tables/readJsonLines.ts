import { excerpt } from "isoflop-datasets/csv";
import { ColumnBuilder } from "./ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { forEachLine } from "./forEachLine.ts";
import { repeatedKey } from "./repeatedKey.ts";

/**
 * Reads columns of a file with one JSON object a line; the first one's keys are the columns.
 *
 * @returns undefined where the file has no object
 * @throws Error naming the line that is no JSON object
 */
export async function readJsonLines(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  let columns: string[] = [];
  await forEachLine(path, (text, line) => {
    if (text.trim() === "") return;
    const record = parseRecord(path, text, line);
    if (!builder) {
      const wanted = choose(Object.keys(record));
      columns = [...new Set([...wanted.numbers, ...wanted.texts])];
      builder = new ColumnBuilder(path, wanted, columns);
    }
    builder.add(
      columns.map((column) => (Object.hasOwn(record, column) ? record[column] : undefined)),
      line,
    );
    if (builder.n % 50_000 === 0) onRows?.(builder.n);
  });
  return builder?.build();
}

function parseRecord(path: string, text: string, line: number): Record<string, unknown> {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path}, line ${line} is not JSON: ${excerpt((cause as Error).message, 200)}`, {
      cause,
    });
  }
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    throw new Error(
      `${path}, line ${line} must be an object such as {"n_params": 7e9, …}, got ${excerpt(text, 60)}`,
    );
  }
  const twice = repeatedKey(text, Object.keys(record).length);
  if (twice !== undefined) {
    throw new Error(
      `${path}, line ${line} has the key ${excerpt(twice)} twice; give one of them another name`,
    );
  }
  return record as Record<string, unknown>;
}
