import type { RowHashes } from "./duplicates/RowHashes.ts";
import type { NumberStyle } from "./numbers/NumberStyle.ts";
import type { StyleEvidence } from "./numbers/StyleEvidence.ts";

/** A cell that is no number. */
export interface UnreadableCell {
  /** What stands there, as a message shows it. */
  readonly text: string;
  readonly why: string;
}

/** The columns of a file that were asked for. */
export interface ColumnTable {
  readonly n: number;
  /** Numbers by the file's column name; NaN where a cell is no number. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  /** Text by the file's column name. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** What stood in cells that are no numbers, by `column:row`, for the first thousand of them. */
  readonly unreadable: ReadonlyMap<string, UnreadableCell>;
  /** How many cells a row has, where that is not one a column. */
  raggedCells(row: number): number | undefined;
  /** How many columns the file has. */
  readonly columns: number;
  /** What was passed over in the file, in words. */
  readonly notes: readonly string[];
  /** How many cells are no numbers but would be where numbers are written otherwise, as 2,5. */
  readonly styledCells: number;
  /** One of the cells with a suffix (7B), by the column of numbers that has such. */
  readonly suffixed?: ReadonlyMap<string, string>;
  /** What the rows are as a whole, where that was asked for. */
  readonly hashes?: RowHashes;
  /** How the file counts: text files by lines, others by rows. */
  readonly unit: "line" | "row";
  /** Line or row of the file, from 1, on which a row of the table stands. */
  place(row: number): number;
}

/** Which columns of a file to keep. */
export interface WantedColumns {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  /** Whether to keep what tells rows apart that are equal in every column, the ones not wanted too. */
  readonly wholeRows?: boolean;
}

/**
 * Called with the file's column names; again, with more of them, where rows further down have columns of their own. The
 * last call counts. `headerLine` is the line of the file with the names, where it has one.
 */
export type ChooseColumns = (header: readonly string[], headerLine?: number) => WantedColumns;

/** Called now and then with the rows read so far. */
export type OnRows = (rows: number) => void;

/** How the cells of a file are read as numbers. */
export interface CellReading {
  readonly style?: NumberStyle;
  /** Is shown every cell of the columns of numbers. */
  readonly evidence?: StyleEvidence;
}

/** How a file is to be read. */
export interface Reading extends CellReading {
  readonly onRows?: OnRows;
}
