import { type CsvOptions, CsvReader } from "./CsvReader.ts";

/** A CSV text as rows of cells, all of them text. */
export interface CsvTable {
  readonly header: readonly string[];
  /** As many cells a row as the header has. */
  readonly rows: readonly (readonly string[])[];
  /** The line of the file on which each row begins, from 1. */
  readonly lines: readonly number[];
  readonly delimiter: string;
}

/**
 * Reads a whole CSV text; `CsvReader` says what it accepts and refuses.
 *
 * @param source the text, or the file's bytes (UTF-8 or UTF-16)
 * @returns header and rows; an empty text has neither
 * @throws MalformedFileError naming file, line, column and cause
 *
 * @example
 * ```ts
 * import { readCsv } from "isoflop-datasets/csv";
 *
 * const { header, rows, lines } = readCsv('run;loss\n"a; b";2,5\n\nc;2,25\n');
 * header; // => ["run", "loss"]
 * rows; // => [["a; b", "2,5"], ["c", "2,25"]]
 * lines; // => [2, 4]
 * ```
 */
export function readCsv(source: string | Uint8Array, options: CsvOptions = {}): CsvTable {
  let header: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const reader = new CsvReader(
    {
      onHeader(names) {
        header = names;
      },
      onRow(cells, line) {
        rows.push(cells);
        lines.push(line);
      },
    },
    options,
  );
  reader.push(source);
  reader.end();
  return { header, rows, lines, delimiter: reader.delimiter ?? options.delimiter ?? "," };
}
