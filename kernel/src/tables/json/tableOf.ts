import { excerpt } from "isoflop-datasets/csv";
import { evaluationTable } from "./evaluationTable.ts";
import { isListOfObjects, isObject } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import { type JsonTable, NoJsonTable } from "./JsonTable.ts";
import { recordsOfColumns } from "./recordsOfColumns.ts";
import { trainerTable } from "./trainerTable.ts";
import { openedRun, runEdges } from "./wandbRuns.ts";

/**
 * The rows that a JSON text holds: told by what it looks like, in the ways in which programs write them.
 *
 * @throws NoJsonTable where it is none, or could be several
 */
export function tableOf(document: unknown): JsonTable {
  if (Array.isArray(document)) return tableOfArray(document);
  if (!isObject(document)) throw new NoJsonTable(`${expected}, got ${excerpt(JSON.stringify(document))}`);
  const special = trainerTable(document) ?? evaluationTable(document);
  if (special) return special;
  const edges = runEdges(document);
  if (edges) return plainTable(edges.map(openedRun), ["the runs of an answer of the wandb API"]);
  return tableOfObject(document);
}

const expected = "an array of objects or an object of columns is needed";

const plainTable = (records: readonly JsonRecord[], notes: readonly string[] = []): JsonTable => ({
  records,
  notes,
  isLog: false,
});

function tableOfArray(rows: readonly unknown[]): JsonTable {
  if (rows.length === 0) return plainTable([]);
  const scalars = tensorboardRows(rows);
  if (scalars) return plainTable(scalars, ["columns Wall time, Step and Value, as TensorBoard writes them"]);
  const other = rows.findIndex((row) => !isObject(row));
  if (other >= 0) {
    const shown = Array.isArray(rows[other]) ? "an array" : excerpt(String(rows[other]));
    throw new NoJsonTable(`row ${other + 1} must be an object such as {"n_params": 7e9, …}, got ${shown}`);
  }
  return plainTable((rows as readonly JsonRecord[]).map(openedRun));
}

/** What TensorBoard's page downloads as JSON: rows of wall time, step and value without names. */
function tensorboardRows(rows: readonly unknown[]): JsonRecord[] | undefined {
  const isRow = (row: unknown) =>
    Array.isArray(row) && row.length === 3 && row[0] > 1e9 && Number.isInteger(row[1]);
  if (!rows.every(isRow)) return undefined;
  return (rows as [number, number, unknown][]).map(([wall, step, value]) => ({
    "Wall time": wall,
    Step: step,
    Value: value,
  }));
}

function tableOfObject(document: JsonRecord): JsonTable {
  const columns = recordsOfColumns(document);
  if (columns) return plainTable(columns);
  const lists = Object.entries(document).filter(([, value]) => isListOfObjects(value));
  if (lists.length > 1) {
    const names = lists.map(([name]) => excerpt(name)).join(", ");
    throw new NoJsonTable(`it holds several tables (${names}); write one of them to a file of its own`);
  }
  const [list] = lists;
  if (list)
    return plainTable((list[1] as readonly JsonRecord[]).map(openedRun), [`rows from "${excerpt(list[0])}"`]);
  const named = namedRecords(document);
  if (named) return plainTable(named, ["one row a key; the keys are the column name"]);
  return plainTable([openedRun(document)], ["one row: the file is a single object"]);
}

/** Objects with the same keys under a name each: {"pythia-70m": {"params": …, "loss": …}, …}. */
function namedRecords(document: JsonRecord): JsonRecord[] | undefined {
  const entries = Object.entries(document);
  if (entries.length < 2 || !entries.every(([, value]) => isObject(value))) return undefined;
  const keys = (value: unknown) =>
    Object.keys(value as JsonRecord)
      .sort()
      .join("\0");
  const first = keys(entries[0]![1]);
  if (first === "" || entries.some(([, value]) => keys(value) !== first)) return undefined;
  return entries.map(([name, value]) =>
    Object.hasOwn(value as JsonRecord, "name") ? (value as JsonRecord) : { name, ...(value as JsonRecord) },
  );
}
