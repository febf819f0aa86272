/** How far ours may lie from the published figure: a number is relative (0.01 = 1 %), or an absolute distance. */
export type Tolerance = number | { readonly absolute: number };

/** What came of checking a claim. */
export type Verdict = "reproduced" | "differs" | "not checkable";

/**
 * What our figure rests on: recomputed from data, refitted to data, simulated, or arithmetic on figures that the
 * paper prints.
 */
export type Evidence = "recomputed" | "refitted" | "simulated" | "arithmetic";

/** A claim as plain data, the form in which a report collects it. */
export interface ClaimRecord {
  readonly id: string;
  /** Where the paper says it: "Hoffmann et al. 2022, Table 2, approach 2". */
  readonly source: string;
  readonly published: number | string;
  /** Ours; null only where the claim is not checkable. */
  readonly reproduced: number | string | null;
  readonly tolerance: Tolerance | null;
  readonly verdict: Verdict;
  readonly note: string;
  /** Only where the claim names it. */
  readonly evidence?: Evidence;
}
