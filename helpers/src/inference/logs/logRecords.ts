import { isObject, LogRecord } from "./LogRecord.ts";
import { parsePythonJson } from "./parsePythonJson.ts";

/**
 * The JSON objects of a log: one document, an array of objects, or one object a line. Undefined where the text is no JSON.
 *
 * @param place what to call the log in messages
 * @throws RangeError where it begins as JSON and does not end as such
 */
export function logRecords(text: string, place: string): readonly LogRecord[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let whole: unknown;
  try {
    whole = parsePythonJson(text);
  } catch (error) {
    return lines(text, place, error as Error);
  }
  const objects = Array.isArray(whole) ? whole : [whole];
  return objects.map((object, i) => {
    if (!isObject(object)) throw new RangeError(`${place}: item ${i + 1} is no JSON object; ${wayOut}`);
    return new LogRecord(object);
  });
}

const wayOut = "give the file as the benchmark wrote it";

function lines(text: string, place: string, error: Error): LogRecord[] {
  const rows = text.split(/\r?\n/);
  const full = rows.flatMap((row, i) => (row.trim() === "" ? [] : [i]));
  const records: LogRecord[] = [];
  for (const i of full) {
    let value: unknown;
    try {
      value = parsePythonJson(rows[i]!);
    } catch (fault) {
      // A document over several lines: its own fault says more than that of its first line.
      if (records.length === 0) throw new RangeError(`${place}: ${faultOf(text, error)}; ${wayOut}`);
      const isLast = i === full.at(-1);
      const what = isLast
        ? "the last line ends before its JSON does: was the benchmark stopped?"
        : "is no JSON";
      throw new RangeError(
        `${place}, line ${i + 1}: ${what} (${(fault as Error).message}); remove that line, or ${wayOut}`,
      );
    }
    if (!isObject(value)) throw new RangeError(`${place}, line ${i + 1} is no JSON object; ${wayOut}`);
    records.push(new LogRecord(value));
  }
  return records;
}

function faultOf(text: string, error: Error): string {
  const isCut = /end of (JSON )?input|Unterminated|Unexpected end/i.test(error.message);
  const end = isCut || !/[\]}]\s*$/.test(text);
  return end ? "the JSON ends too early: the file was cut off" : `this is no JSON (${error.message})`;
}
