import { bfgs } from "../../fit/search/bfgs.ts";
import { type MultiPowerParameter, multiPowerLaw } from "../../laws/curves/multiPowerLaw.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import {
  requireNonNegative,
  requirePositive,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { finalLoss } from "./finalLoss.ts";

/** A schedule that ends lowest under a law of the curve. */
export interface OptimisedSchedule {
  /** Learning rates of the steps 0 to `steps`. */
  readonly rates: Float64Array;
  /** Loss that the law gives at the end, nats per token. */
  readonly loss: number;
  /** Loss at the end of the schedule that stays at the peak. */
  readonly constantLoss: number;
  /** First step below 99 % of the peak. */
  readonly decayStart: number;
}

/** Knots of the schedule; where there are fewer steps each step is one. */
const most = 80;

/**
 * The smooth schedule that ends with the lowest loss under the multi-power law among those that warm up to a peak and never rise
 * after it. The logarithm of the rate is a line between knots that lie ever closer towards the end; their falls are found by a
 * search with the exact gradient.
 *
 * The law is asked far from the schedules it was fitted on: the rate ends where the law has seen none. Believe the shape
 * (stay high, then fall ever faster to near zero) before the digits, and try it on a short run. Staircases along the same schedule
 * gain some 1e-4 nats more, since the law lets a fall work from the lower rate at once; they are left out.
 *
 * Source: Luo et al. 2025 (arXiv:2503.12811), section on optimised schedules; the search is ours.
 *
 * @param constants of the multi-power law: a fit's `parameters` or `luo2025["25M"]`
 * @param options steps and peak of the run; warm-up steps (default 0), whose rises the law counts; `areaBefore`, the summed rate
 * of what came before step 0 (default 0)
 * @throws RangeError when a number is out of its domain
 *
 * @example
 * import { luo2025, optimiseSchedule } from "isoflop";
 * const best = optimiseSchedule(luo2025["25M"], { steps: 1000, peak: 3e-4, warmup: 100 });
 * best.loss < best.constantLoss; // => true
 */
export function optimiseSchedule(
  constants: Readonly<Record<MultiPowerParameter, number>>,
  options: {
    readonly steps: number;
    readonly peak: number;
    readonly warmup?: number;
    readonly areaBefore?: number;
  },
): OptimisedSchedule {
  requireOptions("optimiseSchedule", options, ["steps", "peak", "warmup", "areaBefore"]);
  const { steps, peak, warmup = 0, areaBefore = 0 } = options;
  requireWholeBetween("steps", steps, 2, 1e6, "give the optimizer steps of the run");
  requirePositive("peak", peak, "give a learning rate, such as 3e-4");
  requireWholeBetween("warmup", warmup, 0, steps - 1, "give steps of the warm-up, fewer than the run has");
  requireNonNegative("areaBefore", areaBefore, "a warm-up of w steps to the peak adds about peak w / 2");
  withParameters(multiPowerLaw([[peak]]), constants);
  const knots = knotsOf(warmup, steps);
  const m = knots.length - 1;
  const rates = new Float64Array(steps + 1);
  const slope = new Float64Array(steps + 1);
  for (let k = 0; k < warmup; k++) rates[k] = (peak * k) / warmup;

  /** Sets the rates from the falls of their logarithm between knots. */
  function setRates(falls: Float64Array) {
    let log = Math.log(peak);
    rates[warmup] = peak;
    for (let j = 0; j < m; j++) {
      const from = knots[j]!;
      const length = knots[j + 1]! - from;
      const ratio = Math.exp(-falls[j]! / length);
      for (let i = 1; i < length; i++) rates[from + i] = rates[from + i - 1]! * ratio;
      log -= falls[j]!;
      rates[from + length] = Math.exp(log);
    }
  }

  const problem = {
    evaluate(falls: Float64Array, gradient: Float64Array) {
      setRates(falls);
      const loss = finalLoss(constants, rates, areaBefore, slope);
      // A fall lowers the rates of its own stretch in part, those after it in full.
      let after = 0;
      for (let j = m - 1; j >= 0; j--) {
        const from = knots[j]!;
        const length = knots[j + 1]! - from;
        let own = 0;
        let part = 0;
        for (let i = 1; i <= length; i++) {
          const byLog = slope[from + i]! * rates[from + i]!;
          own += byLog;
          part += (byLog * i) / length;
        }
        gradient[j] = -part - after;
        after += own;
      }
      return loss;
    },
  };
  const zero = new Float64Array(m);
  const gradient = new Float64Array(m);
  const constantLoss = problem.evaluate(zero, gradient);
  const inverseHessian = new Float64Array(m * m);
  for (let j = 0; j < m; j++) inverseHessian[j * m + j] = 10;
  const best = bfgs(problem, fallsOf(knots, warmup + 0.9 * (steps - warmup)), {
    lower: zero,
    upper: new Float64Array(m).fill(20),
    inverseHessian,
    tolerance: 1e-8,
    floor: 1e-15,
    maxIterations: 500,
  });
  setRates(best.z);
  const below = rates.findIndex((rate, k) => k > warmup && rate < 0.99 * peak);
  return { rates, loss: best.value, constantLoss, decayStart: below < 0 ? steps : below };
}

/** Steps from the warm-up's end to the last, closer towards the end. */
function knotsOf(first: number, last: number): number[] {
  const length = last - first;
  if (length <= most) return Array.from({ length: length + 1 }, (_, i) => first + i);
  const knots = new Set([first]);
  for (let i = 0; i <= most; i++) {
    const share = 1 - i / most;
    // Even at first, geometric where few steps are left.
    knots.add(last - Math.min(length, Math.round(length ** share - 1 + (share ** 2 * length) / 2)));
  }
  return [...knots].sort((a, b) => a - b);
}

/** The falls of a rate that stays until `start` and then goes with the power 3/2 of the steps that are left. */
function fallsOf(knots: readonly number[], start: number): Float64Array {
  const last = knots.at(-1)!;
  const log = (step: number) => (step <= start ? 0 : 1.5 * Math.log((last - step + 1) / (last - start + 1)));
  return Float64Array.from(
    { length: knots.length - 1 },
    (_, j) => 1e-4 + log(knots[j]!) - log(knots[j + 1]!),
  );
}
