import { isList } from "./isList.ts";

/** As in wayToRows.ts, in whose place this file stands in the build for Node; empty where no way is known. */
export function wayToRows(given: unknown): string {
  if (typeof given === "function") return "; call it, so that it gives its rows";
  if (typeof given === "string") return "; read it first: JSON.parse, or parseTable of isoflop-datasets";
  if (typeof given !== "object" || given === null) return "";
  if (Array.isArray(given))
    return "; give each cell its name: rows.map(([nParams, loss]) => ({ nParams, loss }))";
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
