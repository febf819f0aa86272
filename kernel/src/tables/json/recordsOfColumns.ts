import { excerpt } from "isoflop-datasets/csv";
import { isObject } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import { NoJsonTable } from "./JsonTable.ts";

/**
 * The rows of an object of columns: arrays of one length, maps from row to value (pandas' usual one), or names and rows
 * apart (pandas' `orient="split"`).
 *
 * @returns undefined where the object is none
 * @throws NoJsonTable where the columns have not one length
 */
export function recordsOfColumns(document: JsonRecord): JsonRecord[] | undefined {
  const entries = Object.entries(document);
  if (entries.length === 0) return undefined;
  const { columns, data } = document;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray))
    return splitRecords(columns, data);
  if (entries.every(([, value]) => Array.isArray(value) && !value.some(isObject))) {
    const length = (entries[0]![1] as unknown[]).length;
    const other = entries.find(([, value]) => (value as unknown[]).length !== length);
    if (other)
      throw new NoJsonTable(
        `column "${excerpt(other[0])}" has ${(other[1] as unknown[]).length} values, "${excerpt(entries[0]![0])}" ${length}; each needs one a row`,
      );
    return Array.from({ length }, (_, row) =>
      recordOf(entries.map(([name, value]) => [name, (value as unknown[])[row]])),
    );
  }
  return mapRecords(entries);
}

// Not Object.fromEntries with a prototype: a column may be called __proto__.
function recordOf(entries: readonly (readonly [string, unknown])[]): JsonRecord {
  return Object.fromEntries(entries);
}

function splitRecords(columns: readonly unknown[], data: readonly unknown[][]): JsonRecord[] {
  const names = columns.map((name) => (Array.isArray(name) ? name.join(".") : String(name)));
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined)
    throw new NoJsonTable(`it has the column "${excerpt(twice)}" twice; drop one of them`);
  return data.map((cells, row) => {
    if (cells.length !== names.length)
      throw new NoJsonTable(
        `row ${row + 1} has ${cells.length} values, and there are ${names.length} columns`,
      );
    return recordOf(names.map((name, k) => [name, cells[k]]));
  });
}

function mapRecords(entries: readonly (readonly [string, unknown])[]): JsonRecord[] | undefined {
  const isColumn = (value: unknown) =>
    isObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key));
  if (!entries.every(([, value]) => isColumn(value))) return undefined;
  const rows = new Set(entries.flatMap(([, value]) => Object.keys(value as JsonRecord)));
  if (rows.size === 0) return undefined;
  return [...rows].map((row) => recordOf(entries.map(([name, value]) => [name, (value as JsonRecord)[row]])));
}
