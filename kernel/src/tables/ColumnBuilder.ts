import { formatNumber } from "isoflop";
import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import type { CellReading, ColumnTable, UnreadableCell, WantedColumns } from "./ColumnTable.ts";
import { type CellText, cellText } from "./cellText.ts";
import { RowHashes } from "./duplicates/RowHashes.ts";
import { nestedKind } from "./nestedKind.ts";
import { type NumberStyle, plainStyle } from "./numbers/NumberStyle.ts";
import { numberOf, whyNoNumber } from "./numbers/numberOf.ts";
import { mayBeStyled, type StyleEvidence } from "./numbers/StyleEvidence.ts";
import { hasSuffix } from "./numbers/suffix.ts";

/** More rows than this as runs in memory would end the process without a word. */
export const mostRows = 20_000_000;

/** A table of more entries than this ends in an error of JavaScript's own. */
const mostTexts = 16_000_000;

/** Gathers rows into growing typed arrays, so that a million rows cost eight bytes a number. */
export class ColumnBuilder {
  n = 0;
  readonly #file: string;
  readonly #wanted: WantedColumns;
  readonly #columns: number;
  readonly #numberAt: readonly number[];
  readonly #textAt: readonly number[];
  #capacity = 1024;
  #numbers: Float64Array[];
  #lines: Uint32Array | undefined;
  readonly #texts: string[][];
  readonly #unreadable = new Map<string, UnreadableCell>();
  /** By row how many cells it has, where that is not one a column; 0 elsewhere. */
  #ragged: Uint32Array | undefined;
  /** By column of texts the kind of each text. */
  readonly #kinds: Map<string, CellText["kind"]>[];
  readonly #style: NumberStyle;
  readonly #evidence: StyleEvidence | undefined;
  /** How many cells are no numbers but would be, in another style. */
  #styledCells = 0;
  /** By column of numbers how many cells have a suffix, and one of them. */
  readonly #suffixed: { count: number; cell: string }[];
  readonly #hashes: RowHashes | undefined;

  /**
   * @param header what the cells of a row are called, in their order
   */
  constructor(
    file: string,
    wanted: WantedColumns,
    header: readonly string[],
    { style = plainStyle, evidence }: CellReading = {},
  ) {
    this.#file = shownPath(file);
    this.#wanted = wanted;
    this.#columns = header.length;
    this.#numberAt = wanted.numbers.map((name) => header.indexOf(name));
    this.#textAt = wanted.texts.map((name) => header.indexOf(name));
    this.#numbers = wanted.numbers.map(() => new Float64Array(this.#capacity));
    this.#texts = wanted.texts.map(() => []);
    this.#kinds = wanted.texts.map(() => new Map());
    this.#style = style;
    this.#evidence = evidence;
    this.#suffixed = wanted.numbers.map(() => ({ count: 0, cell: "" }));
    this.#hashes = wanted.wholeRows ? new RowHashes() : undefined;
  }

  /**
   * @param line where the row stands in a text file
   * @param written a column's cell as the file writes it, where the file has numbers that may be rounded
   * @throws RangeError where an object or an array stands in a column of texts, or two different values read alike
   */
  add(cells: readonly unknown[], line?: number, written?: (column: string) => string): void {
    const row = this.#begin(line);
    for (let k = 0; k < this.#numberAt.length; k++) {
      const value = cells[this.#numberAt[k]!];
      const number = numberOf(value, this.#style);
      this.#numbers[k]![row] = number;
      if (typeof value === "string") this.#lookAt(value, number, k, line ?? row + 1);
      if (Number.isNaN(number) && this.#unreadable.size < 1000) {
        this.#unreadable.set(`${this.#wanted.numbers[k]}:${row}`, unreadable(value));
      }
    }
    for (let k = 0; k < this.#textAt.length; k++) {
      this.#texts[k]!.push(this.#textOf(k, cells[this.#textAt[k]!], written));
    }
  }

  /** Adds a row of numbers alone, in the order of the columns of numbers; none of them is NaN. */
  addNumbers(values: Float64Array, line?: number): void {
    const row = this.#begin(line);
    for (let k = 0; k < values.length; k++) this.#numbers[k]![row] = values[k]!;
  }

  /** Takes the whole of the next row, as the file writes it, where rows that repeat are asked for. */
  hash(whole: () => string): void {
    this.#hashes?.set(this.n, whole());
  }

  #lookAt(cell: string, number: number, k: number, place: number): void {
    this.#evidence?.add(cell, place);
    if (Number.isNaN(number)) {
      if (mayBeStyled(cell)) this.#styledCells += 1;
    } else if (hasSuffix(cell)) {
      const suffixed = this.#suffixed[k]!;
      if (suffixed.count++ === 0) suffixed.cell = cell.trim();
    }
  }

  /** A row that has not one cell a column, so that nobody knows which cell belongs where. */
  addRagged(cells: number, line: number): void {
    const row = this.#begin(line);
    for (const column of this.#numbers) column[row] = Number.NaN;
    for (const column of this.#texts) column.push("");
    this.#ragged ??= new Uint32Array(this.#capacity);
    this.#ragged[row] = cells;
  }

  /** Says of all rows so far that they have not one cell a column. */
  makeRagged(cells: number): void {
    this.#ragged ??= new Uint32Array(this.#capacity);
    this.#ragged.fill(cells, 0, this.n);
    for (const column of this.#numbers) column.fill(Number.NaN, 0, this.n);
  }

  /** @param notes what was passed over, in words */
  build(notes: readonly string[] = []): ColumnTable {
    const { n } = this;
    const [wanted, lines, ragged] = [this.#wanted, this.#lines, this.#ragged];
    return {
      n,
      numbers: new Map(wanted.numbers.map((name, k) => [name, this.#numbers[k]!.slice(0, n)])),
      texts: new Map(wanted.texts.map((name, k) => [name, this.#texts[k]!])),
      unreadable: this.#unreadable,
      raggedCells: (row) => ragged?.[row] || undefined,
      columns: this.#columns,
      notes: [...notes, ...this.#suffixNotes()],
      styledCells: this.#styledCells,
      suffixed: new Map(
        this.#suffixed.flatMap(({ count, cell }, k) => (count > 0 ? [[wanted.numbers[k]!, cell]] : [])),
      ),
      ...(this.#hashes && { hashes: this.#hashes }),
      unit: lines ? "line" : "row",
      place: (row) => lines?.[row] ?? row + 1,
    };
  }

  #suffixNotes(): string[] {
    return this.#suffixed.flatMap(({ count, cell }, k) =>
      count === 0
        ? []
        : `column "${excerpt(this.#wanted.numbers[k]!)}": ${count} ${count === 1 ? "cell has a suffix" : "cells have suffixes"}; ${excerpt(cell)} is ${formatNumber(numberOf(cell, this.#style), 6)}`,
    );
  }

  #textOf(k: number, value: unknown, written?: (column: string) => string): string {
    const column = this.#wanted.texts[k]!;
    const cell = cellText(value, written && (() => written(column)));
    if (typeof cell === "string") {
      return this.#refuse(
        column,
        `${cell} stands here, where a text or a number is needed; take another column`,
      );
    }
    const kinds = this.#kinds[k]!;
    const kind = kinds.get(cell.text);
    if (kind === undefined) {
      if (kinds.size === mostTexts) this.#refuse(column, `there are more than ${mostTexts} different values`);
      kinds.set(cell.text, cell.kind);
    } else if (kind !== cell.kind) {
      this.#refuse(
        column,
        `the ${cell.kind} ${excerpt(cell.text)} stands here, and further up a ${kind} that reads alike; write one of them otherwise`,
      );
    }
    return cell.text;
  }

  #refuse(column: string, why: string): never {
    const line = this.#lines?.[this.n - 1];
    const place = line === undefined ? `row ${this.n}` : `line ${line}`;
    throw new RangeError(`${this.#file}, ${place}, column "${excerpt(column)}": ${why}`);
  }

  #begin(line: number | undefined): number {
    const row = this.n++;
    if (row === mostRows) {
      throw new RangeError(`${this.#file} has more than ${mostRows} rows; fit a sample of them`);
    }
    if (row === this.#capacity) {
      this.#capacity *= 2;
      this.#numbers = this.#numbers.map((column) => grown(column, new Float64Array(this.#capacity)));
      if (this.#ragged) this.#ragged = grown(this.#ragged, new Uint32Array(this.#capacity));
      if (this.#lines) this.#lines = grown(this.#lines, new Uint32Array(this.#capacity));
    }
    if (line !== undefined) {
      this.#lines ??= new Uint32Array(this.#capacity);
      this.#lines[row] = line;
    }
    return row;
  }
}

/** The text of an object is never asked for: it may have none, or one as deep as the object. */
function unreadable(value: unknown): UnreadableCell {
  const nested = nestedKind(value);
  if (nested) return { text: Array.isArray(value) ? "[…]" : "{…}", why: `${nested}, not a number` };
  const text = excerpt(String(value ?? ""));
  return { text, why: whyNoNumber(text) };
}

function grown<T extends Float64Array | Uint32Array>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
