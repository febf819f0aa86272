/** The columns of a file that were asked for. */
export interface ColumnTable {
  readonly n: number;
  /** Numbers by the file's column name; NaN where a cell is no number. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  /** Text by the file's column name. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** What stood in cells that are no numbers, by `column:row`, for the first thousand of them. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Which columns of a file to keep. */
export interface WantedColumns {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
}

/** Called once with the file's column names, before any row is read. */
export type ChooseColumns = (header: readonly string[]) => WantedColumns;

/** Gathers rows into growing typed arrays, so that a million rows cost eight bytes a number. */
export class ColumnBuilder {
  private readonly wanted: WantedColumns;
  private numbers: Float64Array[];
  private readonly texts: string[][];
  private readonly unreadable = new Map<string, string>();
  n = 0;

  constructor(wanted: WantedColumns) {
    this.wanted = wanted;
    this.numbers = wanted.numbers.map(() => new Float64Array(1024));
    this.texts = wanted.texts.map(() => []);
  }

  /** @param cell gives the row's value in a column of the file */
  add(cell: (column: string) => unknown): void {
    const row = this.n++;
    if (row === (this.numbers[0]?.length ?? Infinity)) {
      this.numbers = this.numbers.map((column) => {
        const larger = new Float64Array(2 * column.length);
        larger.set(column);
        return larger;
      });
    }
    this.wanted.numbers.forEach((name, k) => {
      const value = cell(name);
      const number = readNumber(value);
      this.numbers[k]![row] = number;
      if (Number.isNaN(number) && this.unreadable.size < 1000) {
        this.unreadable.set(`${name}:${row}`, value === undefined || value === null ? "" : String(value));
      }
    });
    this.wanted.texts.forEach((name, k) => {
      this.texts[k]!.push(String(cell(name) ?? ""));
    });
  }

  build(): ColumnTable {
    const { n, wanted } = this;
    return {
      n,
      numbers: new Map(wanted.numbers.map((name, k) => [name, this.numbers[k]!.slice(0, n)])),
      texts: new Map(wanted.texts.map((name, k) => [name, this.texts[k]!])),
      unreadable: this.unreadable,
    };
  }
}

/** A cell as a number; empty and anything with other characters is NaN, never 0. */
function readNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string" || value.trim() === "") return Number.NaN;
  return Number(value.trim().replaceAll("_", ""));
}
