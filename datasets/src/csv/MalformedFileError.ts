import { excerpt } from "./excerpt.ts";

/** Where in a file something is wrong. */
export interface FilePlace {
  /** What messages call the file: its path, mostly. */
  readonly file: string;
  /** Line of the file, from 1; a row over several lines counts by its first. */
  readonly line?: number;
  /** Column of the row, from 1. */
  readonly column?: number;
  /** What the header calls the column. */
  readonly columnName?: string;
}

/**
 * A file that is not what its name says, or that can be read in more than one way. The message is one line: file, line,
 * column and cause, and mostly the way out.
 *
 * @example
 * ```ts
 * import { MalformedFileError, readCsv } from "isoflop-datasets/csv";
 *
 * const read = () => readCsv('run,loss\na,2.5\n"b" c,2.4\n', { file: "runs.csv" });
 * let said = "";
 * try {
 *   read();
 * } catch (error) {
 *   if (error instanceof MalformedFileError) said = error.message;
 * }
 * said.split(";")[0]; // => 'runs.csv, line 3, column 1 ("run"): text stands behind a closing quote: "b" c,2.4'
 * ```
 */
export class MalformedFileError extends Error {
  override readonly name = "MalformedFileError";
  /** Where it is wrong. */
  readonly place: FilePlace;
  /** What is wrong there. */
  readonly reason: string;

  constructor(place: FilePlace, reason: string) {
    super(`${describePlace(place)}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

function describePlace({ file, line, column, columnName }: FilePlace): string {
  const name = columnName ? ` ("${excerpt(columnName)}")` : "";
  return [
    file,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}${name}`]),
  ].join(", ");
}
