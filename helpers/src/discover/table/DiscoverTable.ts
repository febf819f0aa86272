import type { DiscoverData } from "../fit/DiscoverData.ts";
import type { TableShape } from "../grammar/TableShape.ts";

/** Rows as laws read them, in the order of their groups. */
export interface DiscoverTable {
  /** One a response; they share points, groups and order. */
  readonly responses: readonly { readonly name: string; readonly data: DiscoverData }[];
  readonly shape: TableShape;
  readonly groupNames: readonly string[];
  /** The group of each row, in the order of the data. */
  readonly groupOf: Int32Array;
  readonly decreasing: ReadonlySet<number>;
  /** What a reader should know of how the columns were taken. */
  readonly notes: readonly string[];
}
