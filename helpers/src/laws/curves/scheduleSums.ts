import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { isList } from "../../numerics/arguments/isList.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** Learning rates by step, from step 0 on: what `learningRates(schedule)` gives, or the log of a run. */
export type Rates = ArrayLike<number>;

/** What the laws of loss curves read of a schedule, by step. */
export interface ScheduleSums {
  /** `S1(t)`: the rates of the steps 0 to t, added up. */
  readonly area: Float64Array;
  /** `rate(t - 1) - rate(t)`: > 0 where the rate falls, 0 where it stays, and at step 0. */
  readonly drop: Float64Array;
  /** How many steps change the rate: what a point of the curve costs at most. */
  readonly changes: number;
}

/**
 * The sums over a learning-rate schedule that decide a loss curve: the area under the rate, and where it moves.
 *
 * Source: Tissue et al. 2024 (arXiv:2408.11029); Luo et al. 2025 (arXiv:2503.12811).
 *
 * @param rates learning rates by step, from step 0 on; finite, 0 or above
 * @throws RangeError when a rate is negative or no number, or all are 0
 *
 * @example
 * import { scheduleSums } from "isoflop";
 * const sums = scheduleSums([1, 1, 0.5, 0.5]);
 * sums.area[3]; // => 3
 * sums.changes; // => 1
 */
export function scheduleSums(rates: Rates): ScheduleSums {
  if (!isList(rates) || rates.length === 0) {
    throw new TypeError(
      `a schedule must be a list of learning rates by step, got ${describeGiven(rates)}; learningRates(schedule) gives one`,
    );
  }
  const n = rates.length;
  const area = new Float64Array(n);
  const drop = new Float64Array(n);
  let changes = 0;
  for (let k = 0, sum = 0; k < n; k++) {
    const rate = rates[k]!;
    if (!(Number.isFinite(rate) && rate >= 0)) {
      throw refusal(`the rate of step ${k}`, "must be a finite number >= 0", rate, "mend the schedule");
    }
    sum += rate;
    area[k] = sum;
    if (k > 0) drop[k] = rates[k - 1]! - rate;
    if (drop[k] !== 0) changes += 1;
  }
  if (area[n - 1] === 0) {
    throw refusal("a schedule", "must have a rate > 0 somewhere", 0, "give the rates by step");
  }
  return { area, drop, changes };
}
