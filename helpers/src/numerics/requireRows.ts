import { describeGiven } from "./describeGiven.ts";

/**
 * Throws unless `given` is an array of records, as all helpers take their rows; says of the frames, tables and
 * collections that people have in their hands how to make rows of them.
 *
 * @param of what takes the rows, as messages call it
 */
export function requireRows(of: string, given: unknown): void {
  const wanted = `${of} needs an array of records, such as [{ nParams: 7e9, loss: 2.1 }]`;
  if (!Array.isArray(given)) {
    throw new TypeError(`${wanted}, got ${describeGiven(given)}${wayToRows(given)}`);
  }
  const at = given.findIndex((row) => row === null || typeof row !== "object" || isList(row));
  // What reads a field of null or undefined says so itself, with the name of the field.
  if (at < 0 || given[at] === null || given[at] === undefined) return;
  const row: unknown = given[at];
  const wayOut = isList(row)
    ? "; give each cell its name: rows.map(([nParams, loss]) => ({ nParams, loss }))"
    : "";
  throw new TypeError(`${wanted}, got ${describeGiven(row)} in row ${at}${wayOut}`);
}

const isList = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);

/** How to make rows of something, after a semicolon; empty where that is not known. */
function wayToRows(given: unknown): string {
  if (typeof given === "function") return "; call it, so that it gives its rows";
  if (typeof given === "string") return "; read it first: JSON.parse, or parseTable of isoflop-datasets";
  if (typeof given !== "object" || given === null) return "";
  const frame = given as Record<string, unknown>;
  const has = (name: string) => typeof frame[name] === "function";
  if (has("then")) return "; await it";
  if (has("objects")) return "; this table gives its rows by .objects()";
  if (has("toRecords")) return "; this frame gives its rows by .toRecords()";
  if (Array.isArray(frame.columns) && Array.isArray(frame.values)) {
    return '; this frame gives its rows by fromDanfo(frame) from "isoflop/danfo"';
  }
  if (has("toArray")) return "; this table gives its rows by .toArray()";
  if (given instanceof Map) return "; the values of a Map are [...map.values()]";
  if (has(Symbol.asyncIterator as never)) return "; gather its rows first: for await (const row of it)";
  if (has(Symbol.iterator as never) && !isList(given)) return "; its members as an array are [...it]";
  return wayFromFields(Object.entries(frame));
}

/** Rows from an object: a field that holds them, else fields that are columns. */
function wayFromFields(fields: [string, unknown][]): string {
  const lists = fields.filter(([, value]) => isList(value)) as [string, ArrayLike<unknown>][];
  const rows = lists.find(([, list]) => typeof list[0] === "object" && list[0] !== null);
  if (rows) return `; the rows seem to be its field ${rows[0]}`;
  if (lists.length === 0) return "; one run is [run]";
  const [first] = lists[0]!;
  const cells = lists.map(([name]) => `${name}: columns.${name}[i]`).slice(0, 4);
  return `; make rows of columns: Array.from(columns.${first}, (_, i) => ({ ${cells.join(", ")} }))`;
}
