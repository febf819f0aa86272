import { fit } from "../../fit/fit.ts";
import { rateBatchValley, type ValleyParameter } from "../../laws/batch/rateBatchValley.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { SweepRun } from "../hyperparameters/hyperparameterGrids.ts";
import { bestSettings } from "./valleyShares.ts";

/** Where the bottom of one grid lies. */
export interface OwnOptimum {
  readonly learningRate: number;
  readonly batchTokens: number;
  /** Nats per token at the bottom. */
  readonly loss: number;
}

/**
 * The best settings of one grid by its own runs: the valley of a fit is moved in rate, batch and level until it lies best
 * on them, its curvatures and lean being kept.
 *
 * @param runs of one size and number of tokens, nine at least in the window
 * @param valley parameters of `rateBatchValley`
 * @param window runs within this share of the least loss count, default .04
 * @throws RangeError when there are fewer than nine
 *
 * @example
 * import { ownOptimum, stepLawValley } from "isoflop";
 * import { stepLaw1b100b } from "isoflop-datasets";
 * ownOptimum(stepLaw1b100b(), stepLawValley.parameters).batchTokens; // => 7.982e5
 */
export function ownOptimum(
  runs: readonly SweepRun[],
  valley: Readonly<Record<ValleyParameter, number>>,
  window = 0.04,
): OwnOptimum {
  requireRows("ownOptimum", runs);
  const least = runs.reduce((low, run) => Math.min(low, run.loss), Infinity);
  const rows = runs
    .filter((run) => run.loss < (1 + window) * least)
    .map((run) => ({ ...run, nParams: run.nParamsNonEmbedding }));
  if (rows.length < 9) {
    throw new RangeError(`ownOptimum needs nine runs within ${window} of the least loss, got ${rows.length}`);
  }
  const { rate, batch, E, ...held } = valley;
  const scale = rows[0]!;
  const level = least - (valley.A / scale.nParams ** valley.alpha + valley.B / scale.nTokens ** valley.beta);
  const found = fit(rateBatchValley, rows, {
    fixed: held,
    // A grid whose best lies further off says nothing of where it lies.
    bounds: { E: [0, 10], rate: [rate / 30, rate * 30], batch: [batch / 30, batch * 30] },
    start: { ...valley, E: Math.max(level, 0) },
  });
  const settings = bestSettings(found.parameters, scale);
  return { ...settings, loss: found.predict({ ...scale, ...settings }) };
}
