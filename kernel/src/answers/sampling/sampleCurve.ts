import { coverage, fitCoverage, formatPercent, type SampleCount } from "isoflop";

/** Where counts of samples stand in a file: names of columns by field, the first being the one to recommend. */
export const sampleColumns = {
  nSamples: ["n_samples", "nSamples", "num_samples", "samples", "n"],
  nCorrect: ["n_correct", "nCorrect", "num_correct", "correct", "c"],
} as const;

/** The pass@k curve and its fit; the keys are those of `isoflop sample --json`. */
export interface SampleCurve {
  readonly problems: number;
  readonly neverSolved: number;
  readonly passAtK: ReturnType<typeof coverage>;
  /** c(k) = exp(a k^-b); undefined where too few points lie strictly between 0 and 1. */
  readonly fit: ReturnType<typeof fitCoverage> | undefined;
  readonly notes: readonly string[];
}

/**
 * How many problems k samples solve, from counts of right samples, and the curve's fit.
 *
 * @param ks sample counts to show; powers of ten by default
 */
export function sampleCurve(counts: readonly SampleCount[], ks?: readonly number[]): SampleCurve {
  const passAtK = coverage(counts, ks ?? powersOfTen(leastSamples(counts)));
  const neverSolved = counts.filter(({ nCorrect }) => nCorrect === 0).length;
  const curve = coverage(counts);
  const inside = curve.filter((point) => point.coverage > 0 && point.coverage < 1).length;
  const fit = inside >= 3 ? fitCoverage(curve) : undefined;
  const notes: string[] = [];
  if (neverSolved > 0) {
    const share = formatPercent(neverSolved / counts.length);
    notes.push(
      `${neverSolved} problem${neverSolved === 1 ? "" : "s"} (${share}) ${neverSolved === 1 ? "was" : "were"} never solved; the fit tends to 1 and extrapolates too high`,
    );
  }
  if (!fit) notes.push("fewer than 3 points lie strictly between 0 and 1, too few for a fit");
  return { problems: counts.length, neverSolved, passAtK, fit, notes };
}

/** The samples that every problem has at least. */
export const leastSamples = (counts: readonly SampleCount[]) =>
  counts.reduce((least, { nSamples }) => Math.min(least, nSamples), Infinity);

function powersOfTen(most: number): number[] {
  const ks: number[] = [];
  for (let k = 1; k < most; k *= 10) ks.push(k);
  return [...ks, most];
}
