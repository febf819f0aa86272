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
  /**
   * The same by planes over two triangles, for either diagonal of the cell, lower first: what the choice of
   * interpolation is worth.
   */
  readonly byTriangles: readonly [number, number] | undefined;
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
 * excessOnGrid(stepLaw1b100b(), stepLaw({ nParams: 1073741824, nTokens: 100e9 })).interpolated; // => 0.000628
 */
export function excessOnGrid(runs: readonly GridRun[], settings: Recommendation): GridExcess {
  requireRows("excessOnGrid", runs);
  if (runs.length === 0) throw new RangeError("excessOnGrid needs runs, got none; give those of one grid");
  runs.forEach((run, row) => {
    for (const name of ["learningRate", "batchTokens", "loss"] as const) {
      requirePositive(name, run[name], { in: `row ${row}` });
    }
  });
  const x = Math.log(requirePositive("learningRate", settings.learningRate, "give the peak rate"));
  const y = Math.log(requirePositive("batchTokens", settings.batchTokens, "give tokens a step"));
  const least = runs.reduce((low, run) => Math.min(low, run.loss), Infinity);
  const distance = (run: GridRun) =>
    Math.hypot(Math.log(run.learningRate) - x, Math.log(run.batchTokens) - y);
  const nearest = runs.reduce((best, run) => (distance(run) < distance(best) ? run : best));
  const cell = cellAbout(runs, x, y);
  const [first, second] = cell ? planes(cell) : [];
  return {
    interpolated: cell && bilinear(cell) / least - 1,
    byTriangles:
      first === undefined || second === undefined
        ? undefined
        : [Math.min(first, second) / least - 1, Math.max(first, second) / least - 1],
    nearest: nearest.loss / least - 1,
  };
}

/** Losses at the corners of a cell (first the rate, then the batch: low or high), and the point within it. */
interface Cell {
  readonly corners: readonly [number, number, number, number];
  readonly s: number;
  readonly t: number;
}

function cellAbout(runs: readonly GridRun[], x: number, y: number): Cell | undefined {
  const rates = bracket(
    runs.map((run) => run.learningRate),
    x,
  );
  const batches = bracket(
    runs.map((run) => run.batchTokens),
    y,
  );
  if (!rates || !batches) return undefined;
  const corners = rates.levels.flatMap((rate) =>
    batches.levels.map(
      (batch) => runs.find((run) => run.learningRate === rate && run.batchTokens === batch)?.loss,
    ),
  );
  if (corners.some((loss) => loss === undefined)) return undefined;
  return { corners: corners as unknown as Cell["corners"], s: rates.share, t: batches.share };
}

function bilinear({ corners: [a, b, c, d], s, t }: Cell): number {
  return (1 - s) * ((1 - t) * a + t * b) + s * ((1 - t) * c + t * d);
}

function planes({ corners: [a, b, c, d], s, t }: Cell): [number, number] {
  return [
    s >= t ? a + (c - a) * s + (d - c) * t : a + (b - a) * t + (d - b) * s,
    s + t <= 1 ? a + (c - a) * s + (b - a) * t : d + (b - d) * (1 - s) + (c - d) * (1 - t),
  ];
}

/** The two levels about a point given by its logarithm, and how far it lies towards the upper one. */
function bracket(
  values: readonly number[],
  log: number,
): { levels: readonly [number, number]; share: number } | undefined {
  const levels = [...new Set(values)].sort((p, q) => p - q);
  // A point on a level may lie beside it by rounding.
  const above = levels.findIndex((value) => Math.log(value) >= log - 1e-12);
  if (above < 0 || (above === 0 && Math.log(levels[0]!) > log + 1e-12)) return undefined;
  const high = levels[above]!;
  const low = levels[Math.max(above - 1, 0)]!;
  const span = Math.log(high / low);
  return {
    levels: [low, high],
    share: span === 0 ? 1 : Math.min((log - Math.log(low)) / span, 1),
  };
}
