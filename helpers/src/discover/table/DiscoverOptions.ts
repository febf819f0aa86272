/** A row of a table: numbers by the names of columns, and texts where they name groups. */
export type DiscoverRow = Readonly<Record<string, unknown>>;

/** What to find the law of, and how. */
export interface DiscoverOptions {
  /** The column to predict, or several that share one law's form. */
  readonly response: string | readonly string[];
  /**
   * Columns along which the future lies: rows are held out along them.
   *
   * @default every positive column that grows fourfold or more, or every column where there is none
   */
  readonly scale?: readonly string[];
  /** A column of texts or numbers: amplitudes are each group's own, exponents where the rows say so. */
  readonly group?: string;
  /** Columns that are no variables. */
  readonly ignore?: readonly string[];
  /** Columns along which the response may only fall. */
  readonly decreasing?: readonly string[];
  /**
   * The most parameters a law may have, for one group and one response.
   *
   * @default 16, and no more than half the rows of a group, 3 at least
   */
  readonly maxParameters?: number;
  /** Points to predict: rows without the response. What lies beyond the rows decides which held-out rows count. */
  readonly points?: readonly DiscoverRow[];
}

export const discoverOptionNames = [
  "response",
  "scale",
  "group",
  "ignore",
  "decreasing",
  "maxParameters",
  "points",
] as const satisfies readonly (keyof DiscoverOptions)[];
