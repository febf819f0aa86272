import { Random } from "../numerics/random/Random.ts";
import type { Loss } from "./losses/Loss.ts";
import { objectiveOf } from "./objective/objectiveOf.ts";
import type { Problem } from "./objective/Problem.ts";
import type { Table } from "./objective/readRuns.ts";
import { robustSigma } from "./objective/robustSigma.ts";
import { takeRows } from "./objective/takeRows.ts";
import { typicalResponse } from "./objective/typicalResponse.ts";
import type { Minimum } from "./search/bfgs.ts";
import { type MinimiseOptions, minimise } from "./search/minimise.ts";

/** A share of the first guess of the noise: close enough to least absolute deviations, and still smooth. */
const resistant = 0.3;
const rounds = 10;
/** A scale to three digits asks no more of the search. */
const tolerance = 1e-7;
/** Noise below this share of the response (of 1 for logarithms) is rounding: delta stays above it. */
const rounding = 1e-6;

/** More rows than this tell the scale no better than to the digits that it is given. */
const rowsForScale = 20_000;

/**
 * The loss of the scale that the runs' noise has: a resistant fit from the starts, then scale and fit in turn until the
 * scale stays. Returns it with the point where it settled.
 */
export function settleLoss(
  problem: Problem,
  loss: Loss,
  starts: readonly Float64Array[],
  options: MinimiseOptions,
): { loss: Loss; z: Float64Array } {
  const objective = objectiveOf({ ...problem, table: sampled(problem.table) });
  const scale = typicalResponse(objective);
  const settled = (z: Float64Array, share = 1) => {
    objective.prepare(z);
    const sigma = share * robustSigma(objective, z.length);
    return loss.settle!(Number.isFinite(sigma) ? Math.max(sigma, rounding * scale) : scale);
  };
  objective.loss = settled(starts[0]!, resistant);
  let best: Minimum | undefined;
  for (const start of starts) {
    const found = minimise(objective, start, { ...options, tolerance });
    if (!best || found.value < best.value) best = found;
  }
  let { z, inverseHessian } = best!;
  for (let round = 0; round < rounds; round++) {
    const before = objective.loss.label;
    objective.loss = settled(z);
    if (objective.loss.label === before) break;
    ({ z, inverseHessian } = minimise(objective, z, { ...options, tolerance, inverseHessian }));
  }
  return { loss: objective.loss, z };
}

/** Rows drawn at random, always the same: evenly spaced rows of a sorted file can share a configuration. */
function sampled(table: Table): Table {
  const { n } = table;
  if (n <= rowsForScale) return table;
  const random = new Random(1, n);
  const rows = Int32Array.from({ length: rowsForScale }, () => random.below(n));
  return takeRows(table, rows);
}
