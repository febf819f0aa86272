import type { Fit } from "../fit/FitResult.ts";
import { lawResiduals } from "../fit/objective/lawResiduals.ts";
import { isWhole, refusal } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { Random } from "../numerics/random/Random.ts";
import { Refitter } from "./Refitter.ts";

/** What a law says of runs that it did not see. */
export interface CrossValidation {
  /** Each run's residual (prediction − observation, of the logarithms unless the fit is raw) without it in the fit. */
  readonly residuals: Float64Array;
  /** Root mean square of those residuals, weighted as the fit is. */
  readonly rootMeanSquare: number;
  readonly meanAbsolute: number;
  /** The same root mean square with every run in the fit: how much of the fit's closeness is adaptation. */
  readonly inSample: number;
  readonly folds: number;
}

/** How the runs are split. */
export interface KFoldOptions {
  /** Number of folds (default 10). */
  readonly folds?: number;
  readonly seed?: number;
  /** Runs with the same key stay in the same fold (checkpoints of one training run). */
  readonly groups?: readonly (string | number)[];
}

/**
 * Predicts each run from a fit to all the others.
 *
 * @example
 * import { chinchilla, fit, leaveOneOut } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const check = leaveOneOut(fit(chinchilla, runs));
 * check.rootMeanSquare > check.inSample; // => true
 */
export function leaveOneOut(fit: Fit): CrossValidation {
  return validate(
    fit,
    Int32Array.from({ length: fit.n }, (_, i) => i),
    fit.n,
  );
}

/**
 * Predicts each fold of runs from a fit to the other folds.
 *
 * @throws RangeError when there are not between 2 and n folds, or as many groups as runs
 * @example
 * import { chinchilla, fit, kFold } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * kFold(fit(chinchilla, runs), { folds: 5, seed: 1 }).folds; // => 5
 */
export function kFold(fit: Fit, options: KFoldOptions = {}): CrossValidation {
  requireOptions("kFold", options, ["folds", "seed", "groups"]);
  const { folds = 10, seed = 42, groups } = options;
  if (groups && groups.length !== fit.n) {
    throw new RangeError(`groups must have one key per run (${fit.n}), got ${groups.length}`);
  }
  const keys = groups ?? Array.from({ length: fit.n }, (_, i) => i);
  const members = [...new Set(keys)];
  if (!isWhole(folds, 2, members.length)) {
    const wanted = `must be an integer from 2 to ${members.length}`;
    throw refusal("folds", wanted, folds, "10 is usual; each fold needs a run or a group");
  }
  new Random(seed, 0).shuffle(members);
  const foldOf = new Map(members.map((key, i) => [key, i % folds]));
  return validate(
    fit,
    Int32Array.from(keys, (key) => foldOf.get(key)!),
    folds,
  );
}

function validate(fit: Fit, foldOf: Int32Array, folds: number): CrossValidation {
  const refitter = new Refitter(fit);
  const { table, law, options } = fit;
  const rowsOf = Array.from({ length: folds }, (): number[] => []);
  foldOf.forEach((fold, row) => {
    rowsOf[fold]!.push(row);
  });
  const residuals = new Float64Array(fit.n);
  for (let fold = 0; fold < folds; fold++) {
    const rows = rowsOf[fold]!;
    const theta = refitter.refit((row) => foldOf[row] !== fold);
    const held = {
      n: rows.length,
      x: table.x.map((column) => Float64Array.from(rows, (row) => column[row]!)),
      y: Float64Array.from(rows, (row) => table.y[row]!),
    };
    const errors = lawResiduals(law, theta, held, options.residual);
    rows.forEach((row, k) => {
      residuals[row] = errors[k]!;
    });
  }
  return {
    residuals,
    rootMeanSquare: Math.sqrt(weightedMean(residuals, table.w, (r) => r * r)),
    meanAbsolute: weightedMean(residuals, table.w, Math.abs),
    inSample: Math.sqrt(weightedMean(fit.residuals(), table.w, (r) => r * r)),
    folds,
  };
}

function weightedMean(values: Float64Array, w: Float64Array, of: (value: number) => number): number {
  let total = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    total += w[i]! * of(values[i]!);
    weight += w[i]!;
  }
  return total / weight;
}
