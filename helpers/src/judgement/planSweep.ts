import type { Fit } from "../fit/FitResult.ts";
import { defaultLoss } from "../fit/losses/defaultLoss.ts";
import { Coordinates } from "../fit/objective/Coordinates.ts";
import { Objective } from "../fit/objective/Objective.ts";
import { gaussNewton } from "../fit/search/gaussNewton.ts";
import { parameterArray, pointColumns } from "../laws/definition/predict.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { choleskyInverse } from "../numerics/linear/cholesky.ts";
import { quadraticForm } from "../numerics/linear/quadraticForm.ts";
import { robustSpread } from "../numerics/robustSpread.ts";

/** Which runs could be trained, and what for. */
export interface SweepOptions<V extends string, P extends string> {
  /** Runs that could be trained next. */
  readonly candidates: readonly Readonly<Record<V, number>>[];
  /** What is to be known better: a parameter, or any quantity computed from the parameters. */
  readonly goal: P | ((parameters: Readonly<Record<P, number>>) => number);
  /** Cost of a candidate in FLOPs (default 6 nParams nTokens). */
  readonly flopsOf?: (candidate: Readonly<Record<V, number>>) => number;
  /** Runs to choose, each in the light of those before (default 1). */
  readonly count?: number;
  /** FLOPs that may be spent in all (default without limit). */
  readonly budget?: number;
  /** Choose by shrinkage per FLOP (default), or by shrinkage alone. */
  readonly by?: "flop" | "run";
}

/** A run that could be trained next, and what it would do for the goal. */
export interface PlannedRun<V extends string> {
  readonly candidate: Readonly<Record<V, number>>;
  readonly flops: number;
  /** Width of the goal's interval after this run, as a share of its width now. */
  readonly width: number;
  /** What this run takes off that share. */
  readonly shrinkage: number;
}

/** The runs that say most about the goal. */
export interface SweepPlan<V extends string> {
  /** Standard error of the goal now, from the curvature of the fit. */
  readonly standardError: number;
  /** The runs to train, in order. */
  readonly runs: readonly PlannedRun<V>[];
  /** Every candidate as the first run, best first. */
  readonly ranking: readonly PlannedRun<V>[];
}

/**
 * Which run to train next: the one that narrows the interval of a parameter, an optimum or a prediction most for its
 * FLOPs.
 *
 * Near the fit the variance of a goal with gradient c is c'V c, V = s² (Σ J'J)⁻¹; one more run with gradient g brings it
 * to c'V c − (c'V g)² / (s² + g'V g) (optimal design for one quantity; Fedorov 1972). No candidate needs training for
 * that. s is the robust spread of the residuals.
 *
 * @throws RangeError when there is no candidate, none fits the budget, or the fit is not identified
 * @example
 * import { chinchilla, fit, planSweep } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const law = fit(chinchilla, chinchillaFigure4().filter((run) => !run.isOutlier));
 * const plan = planSweep(law, {
 *   goal: "beta",
 *   candidates: [{ nParams: 1e9, nTokens: 2e9 }, { nParams: 1e9, nTokens: 2e10 }],
 * });
 * plan.runs[0]?.candidate.nTokens; // => 2e9
 */
export function planSweep<V extends string, P extends string, R extends string>(
  fit: Fit<V, P, R>,
  options: SweepOptions<V, P>,
): SweepPlan<V> {
  requireOptions("planSweep", options, ["candidates", "goal", "flopsOf", "count", "budget", "by"]);
  const { candidates, count = 1, budget = Number.POSITIVE_INFINITY, by = "flop" } = options;
  if (candidates.length === 0) throw new RangeError("planSweep needs candidates to choose from, got none");
  const flopsOf = options.flopsOf ?? defaultFlops;
  const costs = candidates.map((candidate) => flopsOf(candidate));
  costs.forEach((flops, i) => {
    if (!(flops > 0)) {
      throw new RangeError(
        `candidate ${i + 1} costs ${flops} FLOPs; give flopsOf, a cost > 0 for each candidate`,
      );
    }
  });
  const { covariance, noise, gradient, slopes } = linearise(fit as unknown as Fit, candidates, options.goal);
  const start = quadraticForm(gradient, covariance);
  const first = candidates.map((candidate, i) => {
    const width = widthAfter(covariance, gradient, slopes[i]!, noise, start);
    return { candidate, flops: costs[i]!, width, shrinkage: 1 - width };
  });
  const worth = (run: PlannedRun<V>) => (by === "flop" ? run.shrinkage / run.flops : run.shrinkage);
  const ranking = [...first].sort((one, other) => worth(other) - worth(one));

  const runs: PlannedRun<V>[] = [];
  let width = 1;
  let left = budget;
  while (runs.length < count) {
    let best: PlannedRun<V> | undefined;
    let chosen = -1;
    candidates.forEach((candidate, i) => {
      if (costs[i]! > left) return;
      const after = widthAfter(covariance, gradient, slopes[i]!, noise, start);
      const run = { candidate, flops: costs[i]!, width: after, shrinkage: width - after };
      if (!best || worth(run) > worth(best)) {
        best = run;
        chosen = i;
      }
    });
    if (!best) break;
    addRun(covariance, slopes[chosen]!, noise);
    width = best.width;
    left -= best.flops;
    runs.push(best);
  }
  if (runs.length === 0) {
    throw new RangeError(
      `no candidate costs ${budget} FLOPs or less; the cheapest costs ${Math.min(...costs)}`,
    );
  }
  return { standardError: Math.sqrt(start), runs, ranking };
}

function defaultFlops(candidate: Readonly<Record<string, number>>): number {
  return 6 * candidate.nParams! * candidate.nTokens!;
}

/** Covariance of the free coordinates, noise variance, the goal's gradient, and each candidate's. */
function linearise<P extends string>(
  fit: Fit,
  candidates: readonly Readonly<Record<string, number>>[],
  goal: P | ((parameters: Readonly<Record<P, number>>) => number),
) {
  if (fit.status === "not-identified") {
    throw new RangeError(`a fit that is not identified has no interval to shrink: ${fit.reason}`);
  }
  const { law, table, options, minimum } = fit;
  const coordinates = new Coordinates(law, options);
  const log = (options.residual ?? "log") === "log";
  const objective = (x: readonly Float64Array[], n: number) => {
    const ones = new Float64Array(n).fill(1);
    return new Objective(law, coordinates, options.loss ?? defaultLoss, log, x, ones, ones, n);
  };
  const own = objective(table.x, table.n);
  own.w.set(table.w);
  const noise = robustSpread(fit.residuals()) ** 2;
  const q = coordinates.size;
  const information = gaussNewton(own, minimum.z, "design");
  const inverse = choleskyInverse(information, q);
  if (!inverse)
    throw new RangeError("the runs do not determine the parameters; planSweep needs an identified fit");
  const points = candidates.map((candidate) => pointColumns(law, candidate));
  const columns = law.variables.map((_, v) => Float64Array.from(points, (point) => point[v]![0]!));
  const others = objective(columns, candidates.length);
  others.prepare(minimum.z);
  const jacobian = others.residualJacobian();
  const theta = parameterArray(law, fit.parameters);
  const value = (z: Float64Array) => {
    coordinates.toParameters(z, theta);
    const named = Object.fromEntries(law.parameters.map(({ name }, j) => [name, theta[j]!])) as Record<
      P,
      number
    >;
    return typeof goal === "function" ? goal(named) : named[goal];
  };
  const gradient = Float64Array.from({ length: q }, (_, k) => {
    const h = 1e-5 * Math.max(Math.abs(minimum.z[k]!), 1e-3);
    const shifted = (sign: number) => value(minimum.z.map((zk, j) => (j === k ? zk + sign * h : zk)));
    return (shifted(1) - shifted(-1)) / (2 * h);
  });
  return {
    covariance: inverse.map((c) => c * noise),
    noise,
    gradient,
    slopes: candidates.map((_, i) => jacobian.subarray(i * q, (i + 1) * q)),
  };
}

function widthAfter(
  covariance: Float64Array,
  goal: Float64Array,
  slope: Float64Array,
  noise: number,
  start: number,
): number {
  const gain = quadraticForm(goal, covariance, slope) ** 2 / (noise + quadraticForm(slope, covariance));
  return Math.sqrt(Math.max(quadraticForm(goal, covariance) - gain, 0) / start);
}

/** The covariance after one more run (Sherman and Morrison), in place. */
function addRun(covariance: Float64Array, slope: Float64Array, noise: number): void {
  const q = slope.length;
  const moved = Float64Array.from({ length: q }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < q; j++) sum += covariance[i * q + j]! * slope[j]!;
    return sum;
  });
  const scale = noise + moved.reduce((sum, m, i) => sum + m * slope[i]!, 0);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      covariance[i * q + j] = covariance[i * q + j]! - (moved[i]! * moved[j]!) / scale;
    }
  }
}
