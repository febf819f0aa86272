import { CsvReader } from "isoflop-datasets/csv";
import { arePlain, PlainRows } from "./PlainRows.ts";
import type { RowTaker } from "./RowTaker.ts";

const [lf, quote] = ["\n", '"'].map((mark) => mark.charCodeAt(0)) as [number, number];

/** Header and first rows are read by the reader of everything, so that both agree on the delimiter. */
const headLength = 65_536;

/**
 * Splits the bytes of a file into rows: by the quick reader where the file is plain and only numbers are wanted, by the
 * reader of everything elsewhere, and from where a plain file stops being plain.
 */
export class RowSource {
  readonly #taker: RowTaker;
  readonly #file: string;
  readonly #given: string | undefined;
  #reader: CsvReader | undefined;
  #plain: PlainRows | undefined;
  #delimiter: string | undefined;
  #names: readonly string[] = [];
  /** Whether the quick reader has still to be tried. */
  #isNew: boolean;

  /** @param firstLine of the file's line that is read first */
  constructor(taker: RowTaker, file: string, firstLine: number, delimiter: string | undefined) {
    this.#taker = taker;
    this.#file = file;
    this.#given = delimiter;
    this.#isNew = firstLine === 1;
    this.#reader = this.#newReader(firstLine, delimiter, this.#onHeader);
  }

  readonly #onHeader = (names: readonly string[], line: number) => {
    this.#names = names;
    this.#taker.header(names, line, this.delimiter!);
  };

  get delimiter(): string | undefined {
    return this.#delimiter ?? this.#reader?.delimiter;
  }

  push(bytes: Uint8Array): void {
    let rest = bytes;
    if (this.#isNew) rest = this.#begin(bytes);
    this.#isNew = false;
    if (this.#plain) {
      if (this.#plain.push(rest)) return;
      rest = this.#leavePlain(this.#plain);
    }
    this.#taker.hasQuotes ||= rest.includes(quote);
    this.#reader!.push(rest);
  }

  end(): void {
    if (this.#plain) {
      if (this.#plain.end()) return;
      const rest = this.#leavePlain(this.#plain);
      this.#reader!.push(rest);
    }
    this.#reader!.end();
  }

  /** Reads the first rows, and chooses who reads the others; returns these. */
  #begin(bytes: Uint8Array): Uint8Array {
    const start = bytes.subarray(0, headLength).lastIndexOf(lf) + 1;
    const head = bytes.subarray(0, start);
    if (start === 0 || !arePlain(head)) return bytes;
    const reader = this.#reader!;
    reader.push(head);
    reader.end();
    const rest = bytes.subarray(start);
    let line = 1;
    for (const byte of head) if (byte === lf) line += 1;
    const { builder, plainColumns } = this.#taker;
    if (!builder) {
      this.#reader = this.#newReader(line, this.#given, this.#onHeader);
      return rest;
    }
    this.#delimiter = reader.delimiter!;
    if (!plainColumns) {
      this.#goOn(line);
      return rest;
    }
    this.#plain = new PlainRows(
      { ...plainColumns, delimiter: this.#delimiter, line },
      {
        onNumbers: (values, at) => builder.addNumbers(values, at),
        onOther: (row, at) => this.#taker.row(row.split(this.#delimiter!), at),
      },
    );
    this.#reader = undefined;
    return rest;
  }

  #leavePlain(plain: PlainRows): Uint8Array {
    this.#plain = undefined;
    this.#goOn(plain.line);
    return plain.rest;
  }

  /** The reader of everything reads from a line on, told of the header. */
  #goOn(line: number): void {
    this.#reader = this.#newReader(line - 1, this.#delimiter, () => {});
    this.#reader.push(`${this.#names.join(this.#delimiter)}\n`);
  }

  #newReader(
    firstLine: number,
    delimiter: string | undefined,
    onHeader: (names: readonly string[], line: number) => void,
  ): CsvReader {
    const row = (cells: readonly string[], line: number) => this.#taker.row(cells, line);
    return new CsvReader(
      { onHeader, onRow: row, onRaggedRow: row },
      { file: this.#file, firstLine, ...(delimiter !== undefined && { delimiter }) },
    );
  }
}
