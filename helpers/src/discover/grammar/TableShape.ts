import type { Coordinate } from "./Candidate.ts";

/** What a table allows: which laws make sense for its columns. */
export interface TableShape {
  readonly coordinates: readonly Coordinate[];
  /** Coordinates along which the future lies. */
  readonly scale: readonly number[];
  /** Shares that sum to one. */
  readonly shares: readonly number[];
  /** Total and different counts, such as tokens and unique tokens. */
  readonly pairs: readonly (readonly [total: number, unique: number])[];
  /** Whole numbers that begin at 100 or below: streams, experts, epochs, samples. */
  readonly counts: readonly number[];
  /** How many different values each has. */
  readonly levels: readonly number[];
  readonly smallest: readonly number[];
}
