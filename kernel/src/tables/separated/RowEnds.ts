import type { ColumnBuilder } from "../ColumnBuilder.ts";

/**
 * Rows that all end with a delimiter which the header lacks, or the other way round, as some programs write them: nothing
 * stands behind it, and there is but one way to read them. Where some rows end so and others do not, the first kind is
 * told as bad.
 */
export class RowEnds {
  readonly #builder: ColumnBuilder;
  readonly #header: readonly string[];
  /** How many cells the rows have more than the header has columns; undefined before the first row. */
  #more: number | undefined;

  constructor(builder: ColumnBuilder, header: readonly string[]) {
    this.#builder = builder;
    this.#header = header;
  }

  /** Takes a row with as many cells as the header. */
  add(cells: readonly string[], line: number): void {
    if (this.#more) this.#builder.makeRagged(this.#header.length + this.#more);
    this.#more = 0;
    this.#builder.add(cells, line);
  }

  /** Takes a row with more or fewer cells. */
  addRagged(cells: readonly string[], line: number): void {
    const more = cells.length - this.#header.length;
    const isEnd = more === 1 ? cells.at(-1)!.trim() === "" : more === -1 && this.#header.at(-1) === "";
    this.#more ??= isEnd ? more : 0;
    if (isEnd && more === this.#more) this.#builder.add(cells, line);
    else this.#builder.addRagged(cells.length, line);
  }

  /** Whether there were rows, the first with as many cells as the header. */
  get areUsual(): boolean {
    return this.#more === 0;
  }

  /** What was passed over, in words. */
  get notes(): string[] {
    if (this.#more === 1)
      return ["every row ends with a delimiter that the header lacks; nothing stands behind it"];
    if (this.#more === -1)
      return ["the header ends with a delimiter that the rows lack; nothing stands behind it"];
    return [];
  }
}
