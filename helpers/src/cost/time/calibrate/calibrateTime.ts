import { bfgs } from "../../../fit/search/bfgs.ts";
import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { stepPartNames } from "../priorConstants.ts";
import { intervalFactors } from "./intervalFactors.ts";
import { logTime } from "./logTime.ts";
import { priorLogs, priorVariances, RunCovariance } from "./RunCovariance.ts";
import type { RunLabels } from "./RunLabels.ts";
import { spreads } from "./spreads.ts";
import type { TimeCalibration } from "./TimeCalibration.ts";

const nParts = stepPartNames.length;
/** Prior standard deviation of the logarithm of each spread: a factor of two either way. */
const spreadDeviation = 0.7;

/** Of fewer runs neither constants nor intervals can be told. */
const fewestRuns = 10;

/** A measured run, ready to calibrate on. */
export interface TimedRun {
  readonly labels: RunLabels;
  /** Ideal seconds of the parts, and the bubble, as `stepParts` gives them. */
  readonly ideal: ArrayLike<number>;
  readonly bubble: number;
  /** Measured seconds of a step. */
  readonly seconds: number;
}

/** How a calibration begins, and for how long it goes on. */
export interface CalibrateOptions {
  /** A calibration close by, such as that of all runs where some are left out. */
  readonly start?: Pick<TimeCalibration, "logConstants" | "deviations">;
  /** Rounds of constants and spreads in turn. Default 3. */
  readonly rounds?: number;
  /** Steps of the search for the spreads, in each round. Default 15. */
  readonly iterations?: number;
}

/**
 * Calibrates the time of steps on measured runs: constants by penalised least squares of the log times (Gauss-Newton, the
 * covariance of the runs as metric), spreads by penalised marginal likelihood, in turn; then the factors of the intervals
 * from predictions of each run by the others.
 *
 * ln t = ln Σ_k c_k x_k + Σ_j w_j u_j, with ln c_k ~ N(prior) and u_j ~ N(0, s_j²) shared by runs with the same key.
 *
 * @throws RangeError on fewer than ten runs, or seconds that are not > 0
 * @example
 * import { calibrateTime, timedRunOf } from "isoflop";
 * const runs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((k) => {
 *   const run = timedRunOf({ model: "Llama-3-8B", hardware: "h100-sxm", n_devices: 8, batch: 64 * k, isl: 4096,
 *     engine: "own", notes: "micro batch 1", quantity: "step time", value: 4 * k });
 *   return "why" in run ? [] : [run];
 * });
 * const { logConstants } = calibrateTime(runs);
 * Math.exp(logConstants[0]!) > 1; // => true
 */
export function calibrateTime(runs: readonly TimedRun[], options: CalibrateOptions = {}): TimeCalibration {
  requireOptions("calibrateTime", options, ["start", "rounds", "iterations"]);
  const { start, rounds = 3, iterations = 15 } = options;
  requireWhole("rounds", rounds, 1, "leave it out for 3");
  requireWhole("iterations", iterations, 1, "leave it out for 15");
  if (!Array.isArray(runs)) {
    throw refusal("runs", "must be a list", describeGiven(runs), "take its members from timedRunOf");
  }
  const n = runs.length;
  if (n < fewestRuns) {
    throw new RangeError(
      `calibrateTime needs at least ${fewestRuns} runs, got ${n}; leave calibration out for that of published runs`,
    );
  }
  runs.forEach(({ seconds }, i) => {
    requirePositive(`runs[${i}].seconds`, seconds, "give the measured seconds of a step");
  });
  const labels = runs.map((run) => run.labels);
  const covariance = new RunCovariance(labels);
  const logs = Float64Array.from(runs, ({ seconds }) => Math.log(seconds));
  const constants = Float64Array.from(start?.logConstants ?? priorLogs);
  const typical = Float64Array.from(spreads, (spread) => Math.log(spread.typical));
  let spread: Float64Array = start ? Float64Array.from(start.deviations, Math.log) : typical.slice();
  const shares = new Float64Array(n * nParts);
  const residual = new Float64Array(n);

  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < 3; step++) moveConstants();
    linearise();
    spread = findSpreads();
  }
  for (let step = 0; step < 3; step++) moveConstants();
  linearise();
  const deviations = Array.from(spread, Math.exp);
  covariance.prepare(shares, deviations);
  covariance.invert();
  return {
    logConstants: [...constants],
    deviations,
    runs: labels.map((one, i) => ({
      labels: one,
      shares: [...shares.subarray(i * nParts, (i + 1) * nParts)],
      residual: residual[i]!,
    })),
    factors: intervalFactors(labels, covariance.inverse, covariance.solve(residual)),
  };

  /** Shares and residuals at the constants as they are. */
  function linearise(): void {
    const rates = constants.map(Math.exp);
    for (let i = 0; i < n; i++) {
      const { ideal, bubble } = runs[i]!;
      const own = shares.subarray(i * nParts, (i + 1) * nParts);
      let rest = logs[i]! - logTime(ideal, bubble, rates, own);
      for (let k = 0; k < nParts; k++) rest += own[k]! * (constants[k]! - priorLogs[k]!);
      residual[i] = rest;
    }
  }

  function moveConstants(): void {
    linearise();
    covariance.prepare(shares, spread.map(Math.exp));
    const solved = covariance.solve(residual);
    for (let k = 0; k < nParts; k++) {
      let slope = 0;
      for (let i = 0; i < n; i++) slope += shares[i * nParts + k]! * solved[i]!;
      constants[k] = priorLogs[k]! + priorVariances[k]! * slope;
    }
  }

  function findSpreads(): Float64Array {
    const q = spreads.length;
    const inverseHessian = new Float64Array(q * q);
    for (let j = 0; j < q; j++) inverseHessian[j * q + j] = 0.1;
    const objective = {
      evaluate(z: Float64Array, gradient: Float64Array): number {
        const deviations = z.map(Math.exp);
        if (!covariance.prepare(shares, deviations)) return Infinity;
        const solved = covariance.solve(residual);
        covariance.invert();
        covariance.slopes(deviations, solved, gradient);
        let value = covariance.logDeterminant / 2;
        for (let i = 0; i < n; i++) value += (residual[i]! * solved[i]!) / 2;
        for (let j = 0; j < q; j++) {
          const away = (z[j]! - typical[j]!) / spreadDeviation;
          value += away ** 2 / 2;
          gradient[j]! += away / spreadDeviation;
        }
        return value;
      },
    };
    const bound = (log: number) => new Float64Array(q).fill(log);
    return bfgs(objective, spread, {
      lower: bound(Math.log(1e-3)),
      upper: bound(Math.log(2)),
      inverseHessian,
      tolerance: 1e-6,
      floor: -Infinity,
      maxIterations: iterations,
    }).z;
  }
}
