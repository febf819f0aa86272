import { describeGiven } from "./describeGiven.ts";
import { isList } from "./isList.ts";
import { wayToRows } from "./wayToRows.ts";

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
  throw new TypeError(`${wanted}, got ${describeGiven(row)} in row ${at}${wayToRows(row)}`);
}
