import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { deepRepeatedKey } from "./deepRepeatedKey.ts";
import { type JsonTable, NoJsonTable } from "./JsonTable.ts";
import { jsonFault } from "./jsonFault.ts";
import { parseJson } from "./parseJson.ts";
import { readJsonLines } from "./readJsonLines.ts";
import { readRecords } from "./readRecords.ts";
import { readWholeText } from "./readWholeText.ts";
import { tableOf } from "./tableOf.ts";

/**
 * Reads columns of a JSON file: an array of objects, an object of columns, what pandas, wandb, Hugging Face's trainer and
 * lm-eval write. Objects within objects become columns such as config.lr. A file with one object a line is read as such.
 *
 * @returns undefined where the file is empty
 * @throws Error where it is no JSON, has a key twice, or holds no table
 */
export async function readJson(
  path: string,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable | undefined> {
  const text = await readWholeText(path);
  if (text.trim() === "") return undefined;
  let document: unknown;
  try {
    document = parseJson(text);
  } catch (cause) {
    if (isObjectALine(text)) return readJsonLines(path, choose, reading);
    throw new Error(`${shownPath(path)}${placeIn(text)} is not JSON: ${said(cause)}`, { cause });
  }
  const twice = deepRepeatedKey(text);
  if (twice !== undefined) {
    throw new Error(
      `${shownPath(path)} has the key ${excerpt(twice)} twice in one object; give one of them another name`,
    );
  }
  let table: JsonTable;
  try {
    table = tableOf(document);
  } catch (error) {
    if (!(error instanceof NoJsonTable)) throw error;
    throw new Error(`${shownPath(path)}: ${error.message}`, { cause: error });
  }
  return table.records.length === 0 ? undefined : readRecords(path, table, choose, reading);
}

/** Whether the text is JSON lines: its first line is a whole object, and there are more. */
function isObjectALine(text: string): boolean {
  const [first, ...others] = text.trim().split("\n", 2);
  if (others.length === 0 || !/^\s*\{/.test(first!)) return false;
  try {
    parseJson(first!);
    return true;
  } catch {
    return false;
  }
}

function placeIn(text: string): string {
  const before = text.slice(0, jsonFault(text));
  return `, line ${before.split("\n").length}, character ${before.length - before.lastIndexOf("\n")},`;
}

const said = (error: unknown) =>
  excerpt((error as Error).message.replace(/ in JSON at position \d+.*$|, ".*$|, \.\.\..*$/s, ""), 200);
