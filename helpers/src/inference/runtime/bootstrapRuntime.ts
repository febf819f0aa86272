import { requireLevel, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { chiSquaredOverFreedom } from "../../numerics/random/chiSquaredOverFreedom.ts";
import { Random } from "../../numerics/random/Random.ts";
import { type FitRuntimeOptions, runtimeModel, solvingOptions } from "./fitRuntime.ts";
import type { RuntimeCurve } from "./predictRuntime.ts";
import { type PromptLookup, predictRuntime } from "./predictRuntime.ts";
import type { RuntimeMeasurement } from "./RuntimeMeasurement.ts";
import type { RuntimeModel } from "./RuntimeModel.ts";
import { type RisingRuntimes, risingRuntimes } from "./risingRuntimes.ts";
import { type RuntimeRowColumns, runtimeColumns } from "./runtimeColumns.ts";
import { type RuntimeNoise, runtimeNoise } from "./runtimeNoise.ts";
import { expectedSeconds } from "./runtimeOutliers.ts";
import { freeRuntimes, solveRuntime } from "./solveRuntime.ts";

/** How {@link bootstrapRuntime} fits, draws and reports. */
export interface BootstrapRuntimeOptions extends FitRuntimeOptions {
  /** Data sets drawn. Default: 500, fewer where there are more than 10,000 rows. */
  readonly replicates?: number;
  /** Default: 1. */
  readonly seed?: number;
  /** Share of cases that an interval holds. Default: .95. */
  readonly level?: number;
}

/** A fitted runtime and how well it is known. */
export interface RuntimeBootstrap {
  readonly model: RuntimeModel;
  readonly level: number;
  /** The measured prompt sizes with F and where it lies, in seconds. */
  readonly promptTimes: readonly {
    readonly promptTokens: number;
    readonly seconds: number;
    readonly interval: readonly [low: number, high: number];
  }[];
  /** Where G lies, in seconds a token; of a rising rule at the mean of the measured prompt sizes. */
  readonly secondsPerOutputToken: readonly [low: number, high: number];
  /** F and G as they might be as well, one a replicate: what {@link runtimeInterval} predicts with. */
  readonly curves: readonly RuntimeCurve[];
}

/**
 * Fits {@link fitRuntime} and says how well F and G are known, by a residual bootstrap: new runtimes are drawn around the
 * fit and fitted alike. Residuals are drawn over a power of the runtime that the rows choose (noise the same in seconds, or in
 * proportion), with their spread itself uncertain as chi² says; where prompt sizes differ in G by more than that, each
 * size gets a G of its own, so that rows measured together do not count as independent. Rows named as outliers are not drawn
 * from. Replicates are fitted without the constraints on F, which would draw all of them to one side; an interval is cut at 0
 * and holds the constrained estimate. Intervals are of the mean runtime, not of one more request.
 *
 * @throws RangeError as {@link fitRuntime}, with no row more than unknowns, and on replicates, seed or level outside their domain
 * @example
 * import { bootstrapRuntime } from "isoflop";
 * const profile = [256, 512, 1024].flatMap((promptTokens, k) =>
 *   [1, 17, 65].map((outputTokens, j) => ({
 *     promptTokens,
 *     outputTokens,
 *     runtimeS: promptTokens / 2048 + 0.05 * (outputTokens - 1) + 0.001 * ((k + 2 * j) % 3),
 *   })),
 * );
 * const { secondsPerOutputToken } = bootstrapRuntime(profile, { seed: 1 });
 * secondsPerOutputToken[0] < 0.05 && secondsPerOutputToken[1] > 0.05; // => true
 */
export function bootstrapRuntime(
  profile: readonly RuntimeMeasurement[],
  options: BootstrapRuntimeOptions = {},
): RuntimeBootstrap {
  requireRows("bootstrapRuntime", profile);
  requireOptions("bootstrapRuntime", options, [
    "promptTimes",
    "outputTime",
    "loss",
    "constraints",
    "decimals",
    "replicates",
    "seed",
    "level",
  ]);
  const { replicates = defaultReplicates(profile.length), seed = 1, level = 0.95, ...fitting } = options;
  requireWhole("replicates", replicates, 20, "500 is usual");
  requireWhole("seed", seed, 0, "give a whole number, such as 1");
  requireLevel(level);
  const rows = runtimeColumns(profile);
  const solved = solveRuntime(rows, solvingOptions(fitting));
  const model = runtimeModel(profile, rows, solved, fitting);
  const weights = rows.weights.slice();
  for (const { row } of solved.outliers) weights[row] = 0;
  const truth = risingRuntimes(rows, weights, solved.rule, true);
  const noise = truth && runtimeNoise(rows, weights, truth, solved.rule);
  if (truth === undefined || noise === undefined) {
    throw new RangeError(
      `an interval needs a row more than unknowns: ${profile.length} rows for ${rows.promptSizes.length} prompt sizes and G; ` +
        "measure each prompt size with three output sizes, or some twice",
    );
  }
  const solve = (of: RuntimeRowColumns) =>
    freeRuntimes(of, weights, solved.promptTimesFrom === "measured", solved.rule)!;
  const draw = replicate(rows, truth, noise, solve);
  const centre = solve(rows);
  const means = rows.promptSizes.reduce((sum, size) => sum + size, 0) / rows.promptSizes.length;
  const curves = Array.from({ length: replicates }, (_, k): RuntimeCurve => {
    const drawn = draw(new Random(seed, k));
    // As far on the other side of the fit as the drawn one lies on this side of what it was drawn from.
    const baseS = centre.base - (drawn.base - truth.base);
    const perPromptTokenS = centre.rise - (drawn.rise - truth.rise);
    return {
      promptTimes: rows.promptSizes.map((promptTokens, size) => ({
        promptTokens,
        seconds: centre.prompt[size]! - (drawn.prompt[size]! - truth.prompt[size]!),
      })),
      secondsPerOutputToken: baseS + perPromptTokenS * means,
      outputTime: { rule: solved.rule, baseS, perPromptTokenS },
    };
  });
  return {
    model,
    level,
    promptTimes: model.promptTimes.map((time, k) => ({
      ...time,
      interval: around(
        time.seconds,
        curves.map((curve) => curve.promptTimes[k]!.seconds),
        level,
      ),
    })),
    secondsPerOutputToken: around(
      model.secondsPerOutputToken,
      curves.map((curve) => curve.secondsPerOutputToken),
      level,
    ),
    curves,
  };
}

/**
 * Where the idealized runtime of a request lies: percentiles of {@link predictRuntime} over the curves of a bootstrap. Between
 * measured prompt sizes the straight line itself is taken to be right, beyond the largest the proportion.
 *
 * @param options `level` by default that of the bootstrap
 * @throws RangeError as {@link predictRuntime}
 * @example
 * import { bootstrapRuntime, runtimeInterval } from "isoflop";
 * const profile = [1, 2, 3, 4, 5].map((outputTokens) => ({
 *   promptTokens: 8,
 *   outputTokens,
 *   runtimeS: 0.1 * outputTokens + 0.001 * (outputTokens % 2),
 * }));
 * const known = bootstrapRuntime(profile, { promptTimes: "fitted" });
 * const [low, high] = runtimeInterval(known, { promptTokens: 8, outputTokens: 11 });
 * low < 1.1 && high > 1.1; // => true
 */
export function runtimeInterval(
  known: RuntimeBootstrap,
  request: { readonly promptTokens: number; readonly outputTokens: number },
  options: { readonly level?: number; readonly lookup?: PromptLookup } = {},
): [low: number, high: number] {
  requireOptions("runtimeInterval", options, ["level", "lookup"]);
  const { level = known.level, lookup = "interpolated" } = options;
  const values = known.curves.map((curve) => predictRuntime(curve, request, { lookup }));
  return around(predictRuntime(known.model, request, { lookup }), values, level);
}

function replicate(
  rows: RuntimeRowColumns,
  truth: RisingRuntimes,
  noise: RuntimeNoise,
  solve: (rows: RuntimeRowColumns) => RisingRuntimes,
): (random: Random) => RisingRuntimes {
  const expected = Float64Array.from(rows.seconds, (_, i) => expectedSeconds(rows, truth, i));
  const scale = rows.seconds.map((value) => value ** noise.power);
  const seconds = new Float64Array(expected.length);
  const drawn = { ...rows, seconds };
  const own = new Float64Array(rows.promptSizes.length);
  return (random) => {
    const spread = 1 / Math.sqrt(chiSquaredOverFreedom(random, noise.spare));
    const between =
      noise.slopes > 0 ? noise.slopes / Math.sqrt(chiSquaredOverFreedom(random, noise.sizes - 1)) : 0;
    if (between > 0) for (let k = 0; k < own.length; k++) own[k] = between * random.normal();
    for (let i = 0; i < seconds.length; i++) {
      const residual = noise.residuals[random.below(noise.residuals.length)]!;
      seconds[i] = expected[i]! + spread * scale[i]! * residual + own[rows.group[i]!]! * rows.steps[i]!;
    }
    return solve(drawn);
  };
}

const defaultReplicates = (n: number) => Math.max(200, Math.min(500, Math.round(5e6 / Math.max(n, 1))));
/** Percentiles, cut at 0, and wide enough for the constrained estimate, which may lie outside of what the rows alone say. */
function around(value: number, values: ArrayLike<number>, level: number): [low: number, high: number] {
  const [low, high] = percentileInterval(values, level);
  return [Math.max(0, Math.min(low, value)), Math.max(high, value)];
}
