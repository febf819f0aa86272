import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { TableShape } from "../grammar/TableShape.ts";
import type { LeftOut } from "./LeftOut.ts";

/** Rows as laws read them, in the order of their groups. */
export interface DiscoverTable {
  /** One a response; they share points, groups and order. */
  readonly responses: readonly { readonly name: string; readonly data: DiscoverData }[];
  readonly shape: TableShape;
  readonly groupNames: readonly string[];
  /** The group of each row, in the order of the data. */
  readonly groupOf: Int32Array;
  /** How many different points each group has: rows that repeat one say nothing more of a law's parameters. */
  readonly different: readonly number[];
  readonly decreasing: ReadonlySet<number>;
  /** The names of all columns, those that are no variables among them. */
  readonly columns: readonly string[];
  /** Columns of numbers that laws do not name. */
  readonly leftOut: readonly LeftOut[];
  /** What a reader should know of how the columns were taken. */
  readonly notes: readonly string[];
}
