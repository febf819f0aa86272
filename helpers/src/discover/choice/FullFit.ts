import type { LawFit, TableLaw } from "../fit/LawFit.ts";

/** A law on the whole table. */
export interface FullFit {
  readonly law: TableLaw;
  /** One a response. */
  readonly fits: readonly LawFit[];
  readonly parameters: number;
  /** Akaike's criterion for small samples, summed over the responses. */
  readonly aicc: number;
  /** Schwarz's criterion, summed over the responses. */
  readonly bic: number;
  /** Standard deviation of a residual of weight 1, one a response. */
  readonly sigma: readonly number[];
}
