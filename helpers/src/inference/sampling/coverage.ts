import { requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";

/** What a model made of one problem. */
export interface SampleCount {
  /** Samples drawn. */
  readonly nSamples: number;
  /** Samples that were right. */
  readonly nCorrect: number;
}

/**
 * Coverage at each k: the mean over problems of the unbiased pass@k (see {@link passAtK}), the share of
 * problems that k samples and a perfect verifier would solve. Between 0 and 1, never falling in k.
 *
 * One pass over k for each problem, so that ten thousand samples cost no more than the largest k.
 *
 * Source: Brown et al. 2024, "Large Language Monkeys", section 2.
 *
 * @param counts one record a problem; problems may differ in their number of samples
 * @param ks sample counts to evaluate, each from 1 to the smallest nSamples; default {@link logSpacedCounts}
 * @throws RangeError on no problems, nCorrect above nSamples, or a k beyond the smallest nSamples
 * @example
 * import { coverage } from "isoflop";
 * coverage([{ nSamples: 4, nCorrect: 1 }, { nSamples: 4, nCorrect: 0 }], [1, 4]); // => [{ k: 1, coverage: 0.125 }, { k: 4, coverage: 0.5 }]
 */
export function coverage(
  counts: readonly SampleCount[],
  ks?: readonly number[],
): { readonly k: number; readonly coverage: number }[] {
  if (counts.length === 0) throw new RangeError("coverage needs at least one problem, got none");
  let smallest = Infinity;
  counts.forEach(({ nSamples, nCorrect }, i) => {
    const place = { in: `row ${i + 1}` };
    requireWhole("nSamples", nSamples, 1, place);
    requireWholeBetween("nCorrect", nCorrect, 0, nSamples, place);
    smallest = Math.min(smallest, nSamples);
  });
  const wanted = ks ?? logSpacedCounts(smallest);
  for (const k of wanted) {
    requireWholeBetween("k", k, 1, smallest, "no problem can be asked for more samples than it has");
  }
  const largest = Math.max(...wanted);
  const failures = new Float64Array(largest + 1);
  for (const { nSamples, nCorrect } of counts) {
    let failure = 1;
    for (let k = 1; k <= largest && failure > 0; k++) {
      failure *= (nSamples - nCorrect - k + 1) / (nSamples - k + 1);
      failures[k]! += failure;
    }
  }
  return wanted.map((k) => ({ k, coverage: 1 - failures[k]! / counts.length }));
}

/**
 * Whole numbers from 1 to `largest`, evenly spaced in log k, rounded and without repeats: 40 points give
 * the 37 at which Brown et al. fit 10,000 samples.
 *
 * @throws RangeError unless both are whole, largest >= 1 and points >= 2
 * @example
 * import { logSpacedCounts } from "isoflop";
 * logSpacedCounts(10_000).length; // => 37
 */
export function logSpacedCounts(largest: number, points = 40): number[] {
  requireWhole("largest", largest, 1, "give a count, such as 10_000");
  requireWholeBetween("points", points, 2, 1e6, "40 draws a smooth curve");
  const ks = Array.from({ length: points }, (_, i) =>
    Math.min(largest, Math.round(largest ** (i / (points - 1)))),
  );
  return [...new Set(ks)];
}
