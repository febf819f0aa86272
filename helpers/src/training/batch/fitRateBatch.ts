import { fit } from "../../fit/fit.ts";
import type { FitStatus } from "../../fit/objective/FitOptions.ts";
import {
  rateBatchValley,
  type ValleyParameter,
  type ValleyVariable,
} from "../../laws/batch/rateBatchValley.ts";
import type { FittedLaw, Law } from "../../laws/definition/Law.ts";
import { anySign, linearParameter } from "../../laws/definition/parameters.ts";
import { real } from "../../laws/definition/variables.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { hyperparameterGrids, type SweepRun } from "../hyperparameters/hyperparameterGrids.ts";

/** The parameters that say where the valley lies and how steep it is. */
export const valleyShape = [
  "rate",
  "rateN",
  "rateD",
  "batch",
  "batchN",
  "batchD",
  "coupling",
  "rateCurvature",
  "batchCurvature",
  "skew",
] as const satisfies readonly ValleyParameter[];

/** Where a valley lies and how steep it is: the constants of `rateBatchValley` but its level. */
export type ValleyShape = Readonly<Record<(typeof valleyShape)[number], number>>;

/**
 * What exponents may be. Beyond this lies a ridge, on which an error of the levels of a few thousandths is made good by
 * grids that all lie on one flank of the valley.
 */
const reach = {
  rateN: [-1.5, 1],
  rateD: [-1, 1.5],
  batchN: [-1, 1],
  batchD: [-0.5, 1.5],
  coupling: [-0.5, 1.5],
  skew: [-0.5, 3],
} as const;

/** Which runs count, and from where the search starts. */
export interface RateBatchOptions {
  /** Runs within this share of their grid's least loss count: further out the valley has another shape. Default .04. */
  readonly window?: number;
  /** A fit of most of the same runs: its level is kept, its valley is where the search starts. */
  readonly near?: RateBatchFit;
}

/** A valley fitted to grids over learning rate and batch. Made by `fitRateBatch`. */
export interface RateBatchFit {
  /** The valley, over the level of one Chinchilla law for all grids. */
  readonly law: FittedLaw<ValleyVariable, ValleyParameter, "loss">;
  readonly shape: ValleyShape;
  /** Level of each grid on its own (nats per token), as `E` of the law. */
  readonly floors: readonly number[];
  readonly grids: readonly { readonly nParams: number; readonly nTokens: number }[];
  /** Runs that counted. */
  readonly n: number;
  /** Standard deviation of the residuals of ln loss, each grid on its own level. */
  readonly residualSd: number;
  readonly status: FitStatus;
}

/**
 * Fits the valley of loss over learning rate and batch (`rateBatchValley`) to grids of runs.
 *
 * First one Chinchilla level for all grids. Then each grid gets a level of its own, and the valley is fitted to what
 * runs of one grid differ by: an error of the level of .3 % would move the optimum more than the runs do.
 *
 * @param runs with learning rate, batch, size and tokens; grids are runs of equal size and tokens, six or more of them
 * @throws RangeError when fewer than six grids hold nine runs in the window
 *
 * @example
 * import { fitRateBatch } from "isoflop";
 * import { stepLawDense } from "isoflop-datasets";
 * const { shape, n } = fitRateBatch(stepLawDense());
 * n; // => 1371
 * shape.batchD; // => 0.56
 */
export function fitRateBatch(runs: readonly SweepRun[], options: RateBatchOptions = {}): RateBatchFit {
  requireOptions("fitRateBatch", options, ["window", "near"]);
  const { window = 0.04, near } = options;
  requirePositive("window", window, "give a share of the grid's least loss, such as 0.04");
  const grids = hyperparameterGrids(runs)
    .map((grid) => ({ ...grid, runs: grid.runs.filter((run) => run.loss < (1 + window) * grid.best.loss) }))
    .filter((grid) => grid.runs.length >= 9);
  if (grids.length < 6) {
    throw new RangeError(
      `fitRateBatch needs six grids of equal nParamsNonEmbedding and nTokens with nine runs within ${window} of their least loss, got ${grids.length}; run larger grids or widen the window`,
    );
  }
  const rows = grids.flatMap((grid, k) =>
    grid.runs.map((run) => ({
      nParams: run.nParamsNonEmbedding,
      nTokens: run.nTokens,
      learningRate: run.learningRate,
      batchTokens: run.batchTokens,
      loss: run.loss,
      grid: k,
    })),
  );
  const level = (near?.law ?? fit(rateBatchValley, rows, { bounds: reach })).parameters;
  const law = onOwnLevels(level, grids.length);
  const from = (shape: Readonly<Record<string, number>>) =>
    fit(law, rows, {
      bounds: reach,
      start: Object.fromEntries([
        ...valleyShape.map((name) => [name, shape[name]]),
        ...grids.map((_, k) => [`floor${k}`, level.E]),
      ]) as Readonly<Record<string, number>>,
    });
  // The parabolas through the grids know no level: from there, too, since the common level may have led astray.
  const fits = [from(level), ...(near ? [] : [bowls(rows)].filter(isShape).map(from))];
  const own = fits.reduce((best, one) => (one.objective < best.objective ? one : best));
  const shape = Object.freeze(
    Object.fromEntries(valleyShape.map((name) => [name, own.parameters[name]!])),
  ) as ValleyShape;
  const residuals = own.residuals();
  return {
    law: withParameters(rateBatchValley, { ...level, ...shape }, "fitRateBatch"),
    shape,
    floors: grids.map((_, k) => own.parameters[`floor${k}`]!),
    grids: grids.map((grid) => ({ nParams: grid.nParamsNonEmbedding, nTokens: grid.nTokens })),
    n: rows.length,
    residualSd: Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / (rows.length - own.freeParameters)),
    status: own.status,
  };
}

/** The shape by parabolas through the grids; undefined where there are too few. */
function bowls(rows: readonly Readonly<Record<ValleyVariable | "loss", number>>[]): ValleyShape | undefined {
  const columns = rateBatchValley.variables.map(({ name }) =>
    Float64Array.from(rows, (row) => Math.log(row[name])),
  );
  const [start] = rateBatchValley.starts!(
    columns,
    Float64Array.from(rows, ({ loss }) => loss),
  );
  return start && (Object.fromEntries(valleyShape.map((name, j) => [name, start[5 + j]!])) as ValleyShape);
}

const isShape = (shape: ValleyShape | undefined): shape is ValleyShape => shape !== undefined;

/** The valley with the reducible loss held, and a floor for each grid. */
function onOwnLevels(level: Readonly<Record<ValleyParameter, number>>, grids: number): Law {
  const { A, B, alpha, beta } = level;
  const p = valleyShape.length;
  const width = p + grids;
  const base = rateBatchValley.parameters.length;
  return {
    name: "rateBatchValleyOnOwnLevels",
    tex: rateBatchValley.tex,
    source: rateBatchValley.source,
    response: rateBatchValley.response,
    variables: [...rateBatchValley.variables, real("grid", "1", "which grid a run belongs to")],
    parameters: [
      ...rateBatchValley.parameters.slice(5),
      ...Array.from({ length: grids }, (_, k) =>
        linearParameter(`floor${k}`, "nats per token", "level of a grid", [0, 4], anySign),
      ),
    ],
    linear: [],
    evaluate(theta, x, n, value, jacobian) {
      const all = Float64Array.of(0, A, B, alpha, beta, ...theta.subarray(0, p));
      const wide = new Float64Array(n * base);
      rateBatchValley.evaluate(all, x, n, value, wide);
      const grid = x[4]!;
      jacobian.fill(0, 0, n * width);
      for (let i = 0; i < n; i++) {
        const own = p + grid[i]!;
        value[i] = value[i]! + theta[own]!;
        for (let j = 0; j < p; j++) jacobian[i * width + j] = wide[i * base + 5 + j]!;
        jacobian[i * width + own] = 1;
      }
    },
  };
}
