import { CsvReader, excerpt, MalformedFileError } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { fileBytes } from "../fileBytes.ts";
import type { JsonRecord } from "../json/JsonRecord.ts";
import { parseJson } from "../json/parseJson.ts";
import { parsePython } from "../json/parsePython.ts";
import { readRecords } from "../json/readRecords.ts";
import { openedRun } from "../json/wandbRuns.ts";

const maps = ["config", "summary"];

/** Whether a header is that of runs whose settings and results stand in two cells, each a dict. */
export const hasRunMaps = (header: readonly string[]) => maps.every((name) => header.includes(name));

/**
 * Reads a CSV file as wandb's documentation writes it: `pandas.DataFrame({"summary": …, "config": …, "name": …}).to_csv()`,
 * in which config and summary are dicts in Python's or JSON's notation. What they hold becomes columns such as config.lr.
 *
 * @throws MalformedFileError naming line and column of a cell that is none
 */
export async function readRunMaps(
  path: string,
  delimiter: string | undefined,
  choose: ChooseColumns,
  reading: Reading,
): Promise<ColumnTable> {
  const file = shownPath(path);
  const records: JsonRecord[] = [];
  const lines: number[] = [];
  let header: readonly string[] = [];
  const reader = new CsvReader(
    {
      onHeader(names) {
        header = names.map((name) => name.trim());
      },
      onRow(cells, line) {
        const entries = header.map((name, k): [string, unknown] => {
          if (!maps.includes(name) || !/^\s*\{/.test(cells[k]!)) return [name, cells[k]];
          try {
            return [name, mapOf(cells[k]!)];
          } catch (error) {
            const place = { file, line, column: k + 1, columnName: name };
            throw new MalformedFileError(place, `this is no dict: ${excerpt((error as Error).message, 100)}`);
          }
        });
        records.push(openedRun(Object.fromEntries(entries)));
        lines.push(line);
      },
    },
    { file, ...(delimiter !== undefined && { delimiter }) },
  );
  for await (const bytes of fileBytes(path)) reader.push(bytes);
  reader.end();
  const notes = ["runs with config and summary in a cell each, as wandb's API gives them"];
  return readRecords(path, { records, notes, isLog: false }, choose, reading, lines);
}

function mapOf(cell: string): unknown {
  try {
    return parseJson(cell);
  } catch {
    return parsePython(cell);
  }
}
