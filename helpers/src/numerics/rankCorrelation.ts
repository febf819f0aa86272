import { mean } from "./mean.ts";

/**
 * Spearman's rank correlation of two columns: the correlation of their ranks, equal values sharing the mean of theirs.
 * 1 when both order alike, -1 when one is the reverse of the other; NaN when a column is constant.
 *
 * @throws RangeError when the columns differ in length, hold fewer than two values or one that is not a number
 *
 * @example
 * import { rankCorrelation } from "isoflop";
 * rankCorrelation([1, 2, 3, 4], [10, 30, 20, 40]); // => 0.8
 * rankCorrelation([1, 2, 2, 3], [1, 2, 2, 9]); // => 1
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(
      `a rank correlation needs two columns of one length, 2 or more, got ${a.length} and ${b.length}`,
    );
  }
  const [first, second] = [ranksOf(a), ranksOf(b)];
  const middle = mean(first);
  let [both, own, other] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    both += (first[i]! - middle) * (second[i]! - middle);
    own += (first[i]! - middle) ** 2;
    other += (second[i]! - middle) ** 2;
  }
  return both / Math.sqrt(own * other);
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function ranksOf(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (value, i) => {
    if (Number.isNaN(value)) throw new RangeError(`value ${i} must be a number, got NaN; drop it`);
    return i;
  }).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(order.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    for (let k = i; k < end; k++) ranks[order[k]!] = (i + 1 + end) / 2;
    i = end;
  }
  return ranks;
}
