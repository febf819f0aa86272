import Papa from "papaparse";
import { chooseDelimiter } from "./chooseDelimiter.ts";
import { describeRaggedRow } from "./describeRaggedRow.ts";
import { MalformedFileError } from "./MalformedFileError.ts";
import { firstLineEnd, followRow, notClosed, type RowGrammar, rowGrammar } from "./rowGrammar.ts";
import { StrictText } from "./StrictText.ts";
import { whyNoTable } from "./whyNoTable.ts";

/** What a CSV reader hands over, in the order of the file. */
export interface CsvHandlers {
  /** The first row. May throw, to refuse the file. */
  onHeader(names: readonly string[], line: number): void;
  /** Every other row with as many cells as the header; `line` is the first line it stands on, from 1. */
  onRow(cells: readonly string[], line: number): void;
  /** A row with more or fewer cells than the header. Where this is left out, such a row is an error. */
  onRaggedRow?(cells: readonly string[], line: number): void;
}

/** How a CSV text is read. */
export interface CsvOptions {
  /** What messages call the text, "the text" by default. */
  readonly file?: string;
  /** One of `,` `;` `|` and tab; where left out, the one that fits the header and the first rows. */
  readonly delimiter?: string;
  /**
   * The longest row in characters (UTF-16 units), 2,097,152 by default, as in DuckDB. It bounds what a quote that is
   * never closed, or a file without line ends, can cost.
   */
  readonly longestRow?: number;
  /** The number of the text's first line, 1 by default: more where what stands before it in the file was taken off. */
  readonly firstLine?: number;
}

/** Text is parsed in pieces of about this length. */
const pieceLength = 65_536;

/** So many empty lines on end are no table: packed, a gigabyte of them is a small file. */
const mostEmptyLines = 1_000_000;

/**
 * Reads CSV (RFC 4180) in pieces of any size, in memory for one piece and one row. What could be read in more than one
 * way is refused with line, column and cause: text around a quoted cell, a quote that is not closed, mixed line ends,
 * two columns of one name, rows that are shorter or longer than the header, bytes that are no text. Lines end in LF, CR
 * LF (also both in one file) or CR; a byte order mark is dropped; lines without a character are passed over, and where
 * there is more than one column, lines of blanks. A quote inside a cell that does not begin with one is a character
 * like any other.
 *
 * @throws MalformedFileError from `push` and `end`, naming file, line, column and cause
 *
 * @example
 * ```ts
 * import { CsvReader } from "isoflop-datasets/csv";
 *
 * const losses: number[] = [];
 * const reader = new CsvReader({
 *   onHeader() {},
 *   onRow: ([, loss]) => losses.push(Number(loss)),
 * });
 * for (const piece of ['run,loss\r\n"a, fi', 'rst",2.5\r\nb,2.25\r\n']) reader.push(piece);
 * reader.end();
 * losses; // => [2.5, 2.25]
 * ```
 */
export class CsvReader {
  readonly #handlers: CsvHandlers;
  readonly #file: string;
  readonly #longestRow: number;
  readonly #text = new StrictText();
  readonly #delimiter: string | undefined;
  #grammar: RowGrammar | undefined;
  #header: readonly string[] | undefined;
  /** Text from the beginning of a row that is not over yet. */
  #pending = "";
  /** How much text is worth the next look: a row in the making is not read anew with every piece. */
  #enough = pieceLength;
  /** The line on which that row begins. */
  #line: number;
  /** Empty lines since the last row. */
  #emptyLines = 0;

  constructor(handlers: CsvHandlers, options: CsvOptions = {}) {
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || ["file", "delimiter", "longestRow", "firstLine"].includes(name)) continue;
      throw new RangeError(
        `reading CSV has no option ${name}; there are file, delimiter, longestRow and firstLine`,
      );
    }
    const { file = "the text", delimiter, longestRow = 2_097_152, firstLine = 1 } = options;
    this.#handlers = handlers;
    this.#file = file;
    this.#delimiter = delimiter;
    this.#longestRow = longestRow;
    this.#line = firstLine;
  }

  /** The delimiter, once the header has been read. */
  get delimiter(): string | undefined {
    return this.#grammar?.delimiter;
  }

  /** Takes the next piece of the file. */
  push(piece: Uint8Array | string): void {
    for (let at = 0; at < piece.length; at += pieceLength) {
      const end = at + pieceLength;
      this.#add(this.#text.push(typeof piece === "string" ? piece.slice(at, end) : piece.subarray(at, end)));
    }
  }

  /** Says that the file is over. */
  end(): void {
    this.#add(this.#text.end());
    if (this.#pending !== "") {
      // The last line may lack its end.
      this.#pending += this.#grammar?.newline ?? firstLineEnd(this.#pending) ?? "\n";
      this.#readRows();
    }
    if (this.#pending !== "") this.#refuse(this.#pending);
  }

  #add(text: string): void {
    this.#pending += text;
    const { fault } = this.#text;
    if (fault !== undefined || this.#pending.length >= Math.min(this.#enough, this.#longestRow)) {
      this.#readRows();
      this.#enough = Math.max(pieceLength, 2 * this.#pending.length);
    }
    if (fault !== undefined) this.#refuse(this.#pending, fault);
    if (this.#pending.length > this.#longestRow) this.#refuse(this.#pending);
  }

  /** Hands over the rows that are over. */
  #readRows(): void {
    this.#grammar ??= this.#findGrammar();
    if (!this.#grammar) return;
    const { newline } = this.#grammar;
    // Half of a CR LF says nothing yet.
    const half = newline === "\n" && this.#pending.endsWith("\r") ? "\r" : "";
    let text = half ? this.#pending.slice(0, -1) : this.#pending;
    if (newline === "\n" && !text.includes('"')) text = text.replaceAll("\r\n", "\n");
    this.#pending = text.slice(this.#parse(text, this.#grammar)) + half;
  }

  #findGrammar(): RowGrammar | undefined {
    const other = whyNoTable(this.#pending);
    if (other !== undefined) throw new MalformedFileError({ file: this.#file }, other);
    const newline = firstLineEnd(this.#pending);
    return newline && rowGrammar(this.#delimiter ?? chooseDelimiter(this.#pending, newline), newline);
  }

  /** Hands over the rows that end within the text; returns how much of it they took. */
  #parse(text: string, grammar: RowGrammar): number {
    const { delimiter, newline, row } = grammar;
    // Without quotes, with one kind of line end and no room for a row that is too long there is but one way to split.
    const hasOtherEnds = text.includes(newline === "\n" ? "\r" : "\n");
    const isPlain = !hasOtherEnds && !text.includes('"') && text.length <= this.#longestRow;
    const { data, meta } = new Papa.Parser({ delimiter, newline }).parse(text, 0, true);
    if (isPlain) {
      for (const cells of data as string[][]) {
        this.#take(cells, cells[0]!);
        this.#line += 1;
      }
      return meta.cursor;
    }
    // Papa Parse splits, the grammar says of each row whether that was right.
    let from = 0;
    for (const cells of data as string[][]) {
      row.lastIndex = from;
      const match = row.exec(text);
      const to = row.lastIndex;
      if (!match || to - from > this.#longestRow) this.#refuse(text.slice(from, match ? to : undefined));
      const [written, quotedLast, cr] = match!;
      // Papa Parse takes LF for the end of the line, which leaves the CR of a CR LF to a last cell without quotes.
      if (cr && quotedLast === undefined) cells.push(cells.pop()!.slice(0, -1));
      this.#take(cells, written.slice(0, -newline.length - cr!.length));
      this.#line += written.indexOf(newline) === written.length - 1 ? 1 : written.split(newline).length - 1;
      from = to;
    }
    return from;
  }

  /** @param start the row as written, or at least its first cell if it has more */
  #take(cells: readonly string[], start: string): void {
    const header = this.#header;
    if (cells.length === 1 && (header?.length === 1 ? start === "" : start.trim() === "")) {
      this.#emptyLines += 1;
      if (this.#emptyLines <= mostEmptyLines) return;
      const place = { file: this.#file, line: this.#line };
      throw new MalformedFileError(
        place,
        `${this.#emptyLines} empty lines follow each other; this is no table`,
      );
    }
    this.#emptyLines = 0;
    if (!header) {
      this.#handlers.onHeader(cells, this.#line);
      this.#header = cells;
      this.#refuseRepeatedName(cells);
    } else if (cells.length === header.length) this.#handlers.onRow(cells, this.#line);
    else if (this.#handlers.onRaggedRow) this.#handlers.onRaggedRow(cells, this.#line);
    else {
      const column = Math.min(cells.length, header.length) + 1;
      const place = { file: this.#file, line: this.#line, column, columnName: header[column - 1] };
      throw new MalformedFileError(place, describeRaggedRow(cells.length, header.length));
    }
  }

  #refuseRepeatedName(header: readonly string[]): void {
    const columns = new Map<string, number>();
    for (const [k, text] of header.entries()) {
      const name = text.trim();
      const first = columns.get(name);
      if (first === undefined) columns.set(name, k + 1);
      else if (name !== "") {
        const place = { file: this.#file, line: this.#line, column: k + 1, columnName: name };
        throw new MalformedFileError(place, `column ${first} has this name, too; give one of them another`);
      }
    }
  }

  /** @param row text from the beginning of the row that cannot be read, or after which the file is no text any more */
  #refuse(row: string, fault?: string): never {
    const isWhole = row === "" && this.#line === 1 && !this.#header;
    if (isWhole) throw new MalformedFileError({ file: this.#file }, fault!);
    const grammar = this.#grammar ?? rowGrammar(this.#delimiter ?? ",", "\n");
    const { column, lines, reason } = followRow(row, grammar);
    const place = {
      file: this.#file,
      line: this.#line + lines,
      column,
      columnName: this.#header?.[column - 1],
    };
    const limit = `${this.#longestRow} characters`;
    const tooLong = row.length > this.#longestRow && (reason === undefined || reason === notClosed);
    const why = tooLong ? (reason ? `${reason} within ${limit}` : `the row is longer than ${limit}`) : reason;
    throw new MalformedFileError(place, fault ?? why!);
  }
}
