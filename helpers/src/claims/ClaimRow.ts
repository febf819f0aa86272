import type { Evidence, Tolerance } from "./ClaimRecord.ts";

/**
 * A claim as a row of `claimsTable`: what the paper prints beside what we find. What `ours` is decides how the
 * two are compared.
 *
 * | `ours` | `printed` | verdict |
 * |---|---|---|
 * | a number | a number, or the text it is printed as | "reproduced" within `tolerance`, else "differs" |
 * | `true`, `false` | a finding in words | "reproduced", "differs"; `found` is what we find in words |
 * | a sentence | anything | "not checkable": the sentence says what is missing |
 */
export interface ClaimRow {
  /** Short and stable, unique within the notebook: "epoch-alpha". */
  readonly id: string;
  /** Where the paper says it, down to table or page: "Hoffmann et al. 2022, Table 2, approach 2". */
  readonly source?: string;
  /**
   * What the paper prints: a finding in words, a number, or the text of a number ("0.50", "634,773", "1.2e-16"),
   * which keeps the zeros that say how far it is rounded.
   */
  readonly printed: number | string;
  /** Our number; whether the finding holds; or why it cannot be checked. */
  readonly ours: number | boolean | string;
  /** What we find where `ours` is no number: a finding in words, or our nearest number to what cannot be checked. */
  readonly found?: number | string;
  /**
   * How far our number may lie from the printed one: 0.01 means 1 % of it, `{ absolute: 0.002 }` a distance. Left
   * out beside the text of a number, it is half a unit of the last digit printed.
   */
  readonly tolerance?: Tolerance;
  /** Why ours differs, or why the tolerance is wider than the print. It opens the claim's note. */
  readonly because?: string;
  /** Anything else the reader should know. */
  readonly note?: string;
  /** What our figure rests on. */
  readonly evidence?: Evidence;
}

/**
 * What the rows of a table share, so that a row need not repeat it. Of `source` the shared part, the paper, stands
 * before a row's own, the place: "Hoffmann et al. 2022" and "Table 2" make "Hoffmann et al. 2022, Table 2". Of the
 * rest a row's own word counts.
 */
export type SharedByRows = Omit<ClaimRow, "id" | "printed" | "ours" | "found">;
