import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * The largest batch that takes at most a share `overhead` more examples (and so compute) than the smallest batches:
 * `E / Emin - 1 = B / Bcrit`, so `B = overhead Bcrit`. It takes `1 + 1 / overhead` times the least steps.
 *
 * Source: McCandlish et al. 2018 (arXiv:1812.06162), equation 2.11.
 *
 * @param question criticalBatch as of McCandlish (twice the least steps and examples); overhead as a share: .2 is 20 %
 * @returns the batch in the unit of `criticalBatch`
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { largestBatch } from "isoflop";
 * largestBatch({ criticalBatch: 4e6, overhead: 0.1 }); // => 4e5
 */
export function largestBatch(question: {
  readonly criticalBatch: number;
  readonly overhead: number;
}): number {
  requireOptions("largestBatch", question, ["criticalBatch", "overhead"]);
  requirePositive("criticalBatch", question.criticalBatch, "give it in tokens, such as 4e6");
  requirePositive("overhead", question.overhead, "give a share, such as 0.2 for 20 % more examples");
  return question.overhead * question.criticalBatch;
}
