import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { Recommendation } from "../hyperparameters/excessLoss.ts";

/** A run of one grid: its settings and its loss. */
export interface GridRun extends Recommendation {
  /** Nats per token. */
  readonly loss: number;
}

/** What a recommendation gives away on one grid, as a share of the least loss. */
export interface GridExcess {
  /** Loss interpolated between the four runs about the point; undefined outside the grid or where a corner is missing. */
  readonly interpolated: number | undefined;
  /** Loss of the run nearest in ln of rate and batch. */
  readonly nearest: number;
}

/**
 * The loss a recommendation gives away on a measured grid over learning rate and batch, over the grid's least loss minus
 * 1: interpolated bilinearly in ln of both, and at the nearest run. The two differ by as much as the grid is coarse.
 *
 * @param runs of one size and number of tokens
 * @throws RangeError when a setting is not > 0 or there are no runs
 *
 * @example
 * import { excessOnGrid, stepLaw } from "isoflop";
 * import { stepLaw1b100b } from "isoflop-datasets";
 * excessOnGrid(stepLaw1b100b(), stepLaw({ nParams: 1073741824, nTokens: 100e9 })).interpolated; // => 0.000692
 */
export function excessOnGrid(runs: readonly GridRun[], settings: Recommendation): GridExcess {
  requireRows("excessOnGrid", runs);
  if (runs.length === 0) throw new RangeError("excessOnGrid needs runs, got none; give those of one grid");
  const x = Math.log(requirePositive("learningRate", settings.learningRate, "give the peak rate"));
  const y = Math.log(requirePositive("batchTokens", settings.batchTokens, "give tokens a step"));
  const least = runs.reduce((low, run) => Math.min(low, run.loss), Infinity);
  const distance = (run: GridRun) =>
    Math.hypot(Math.log(run.learningRate) - x, Math.log(run.batchTokens) - y);
  const nearest = runs.reduce((best, run) => (distance(run) < distance(best) ? run : best));
  const loss = bilinear(runs, x, y);
  return {
    interpolated: loss === undefined ? undefined : loss / least - 1,
    nearest: nearest.loss / least - 1,
  };
}

function bilinear(runs: readonly GridRun[], x: number, y: number): number | undefined {
  const rates = bracket(
    runs.map((run) => run.learningRate),
    x,
  );
  const batches = bracket(
    runs.map((run) => run.batchTokens),
    y,
  );
  if (!rates || !batches) return undefined;
  let loss = 0;
  for (const [rate, weight] of rates) {
    for (const [batch, share] of batches) {
      const corner = runs.find((run) => run.learningRate === rate && run.batchTokens === batch);
      if (weight * share === 0) continue;
      if (!corner) return undefined;
      loss += weight * share * corner.loss;
    }
  }
  return loss;
}

/** The two values about a point given by its logarithm, each with its weight. */
function bracket(
  values: readonly number[],
  log: number,
): readonly [readonly [number, number], readonly [number, number]] | undefined {
  const levels = [...new Set(values)].sort((p, q) => p - q);
  // A point on a level may lie beside it by rounding.
  const above = levels.findIndex((value) => Math.log(value) >= log - 1e-12);
  if (above < 0 || (above === 0 && Math.log(levels[0]!) > log + 1e-12)) return undefined;
  const high = levels[above]!;
  const low = levels[Math.max(above - 1, 0)]!;
  const span = Math.log(high / low);
  const share = span === 0 ? 1 : Math.min((log - Math.log(low)) / span, 1);
  return [
    [low, 1 - share],
    [high, share],
  ];
}
