import { types } from "node:util";
import { rowLimit, type TableData } from "./htmlTable.ts";

/** Rows and columns of an array of records, a Map or a Set; undefined for everything else. */
export function tableOf(value: object): TableData | undefined {
  if (Array.isArray(value)) return recordsTable(value);
  if (types.isMap(value) && value.size > 0) {
    return { columns: ["key", "value"], rows: first(value.entries()), length: value.size };
  }
  if (types.isSet(value) && value.size > 0) {
    return { columns: ["value"], rows: first(value.values()).map((each) => [each]), length: value.size };
  }
  return undefined;
}

function first<T>(values: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === rowLimit) break;
    taken.push(value);
  }
  return taken;
}

/** Plain records only: an array of class instances is better told by `inspect`. */
export function recordsTable(records: readonly unknown[], length = records.length): TableData | undefined {
  const shown = records.slice(0, rowLimit);
  if (shown.length === 0 || !shown.every(isRecord)) return undefined;
  const columns = [...new Set(shown.flatMap((record) => Object.keys(record)))];
  if (columns.length === 0) return undefined;
  return { columns, rows: shown.map((record) => columns.map((name) => record[name])), length };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || isObjectPrototype(prototype);
}

/** `Object.prototype` of any realm: that of the cells is not that of the code which shows their values. */
function isObjectPrototype(value: object): boolean {
  return Object.getPrototypeOf(value) === null && Object.hasOwn(value, "isPrototypeOf");
}
