import { requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";
import { mean } from "../../numerics/mean.ts";
import { cellMeans } from "./measuredRuntimes.ts";
import type { RuntimeMeasurement } from "./RuntimeMeasurement.ts";
import type { RuntimeModel } from "./RuntimeModel.ts";
import { refuseNoOutputTime } from "./refuseNoOutputTime.ts";
import { type RuntimeRowColumns, runtimeColumns } from "./runtimeColumns.ts";
import { type SolvedRuntime, type SolveRuntimeOptions, solveRuntime } from "./solveRuntime.ts";

/** How {@link fitRuntime} gets F and G, and rounds. */
export interface FitRuntimeOptions {
  /**
   * Where F(p) comes from. "measured" takes the runtime at one output token, as Narayanan et al. do.
   * "fitted" gives each prompt size its own intercept in the least squares with one common slope, for
   * profiles without single-token requests. Default: "measured" where each prompt size has one, else "fitted".
   */
  readonly promptTimes?: "measured" | "fitted";
  /**
   * Whether G is the same for all prompts ("constant", the default), G(p) = g0 + g1·p with both at least 0 ("rising"), or
   * whichever tells left-out prompt sizes better ("chosen"; constant where fewer than three have two output sizes).
   */
  readonly outputTime?: "constant" | "rising" | "chosen";
  /**
   * "squares", "huber", or Huber's loss where a row passes 6 median absolute deviations ("chosen", the default); then the rows
   * that lie off are named and have no say, where their prompt size has others, and F comes from all rows that are left.
   */
  readonly loss?: "squares" | "huber" | "chosen";
  /**
   * "rising" (default): F(p) ≥ 0 and never falling with the prompt. "none": as the rows say, which is how the paper takes them;
   * a negative F is possible.
   */
  readonly constraints?: "rising" | "none";
  /** Decimals to which F and G are rounded, as the paper's scripts do with 3. Default: not rounded. */
  readonly decimals?: number;
}

/**
 * Fits the idealized runtime T(p, o) = F(p) + (o − 1)·G of one model on one machine.
 *
 * p is the number of prompt tokens, o of output tokens, F(p) the prefill time in seconds and G the time
 * per output token in seconds. G is the slope of an ordinary least-squares line through T − F(p) against
 * o − 1, all prompt sizes pooled; the line's intercept is reported and not used. Repeated requests of one
 * size are averaged (take the fastest with {@link denoiseRuntimes} first, if the machine is shared).
 *
 * F never falls with the prompt and is never below 0, G is above 0: where the rows alone say otherwise, F is the nearest
 * that does not fall (`constrained` names the sizes), and a G that is not above 0 is refused with the row to look at. A row
 * that passes 6 median absolute deviations changes the loss to Huber's, is named (`outliers`) and left out. With few rows to
 * spare two that lie off alike may not be told from the others.
 *
 * Source: Narayanan et al. 2023, "Cheaply Estimating Inference Efficiency Metrics for Autoregressive
 * Transformer Models", eq. 1 and section 4.
 *
 * @throws RangeError on a row outside the domain, fewer than two different output sizes,
 *   `promptTimes: "measured"` without a single-token request for some prompt size, or a G that is not above 0
 * @example
 * import { fitRuntime } from "isoflop";
 * const profile = [
 *   { promptTokens: 512, outputTokens: 1, runtimeS: 0.2 },
 *   { promptTokens: 512, outputTokens: 11, runtimeS: 0.7 },
 *   { promptTokens: 512, outputTokens: 21, runtimeS: 1.2 },
 * ];
 * fitRuntime(profile).secondsPerOutputToken.toFixed(3); // => "0.050"
 */
export function fitRuntime(
  profile: readonly RuntimeMeasurement[],
  options: FitRuntimeOptions = {},
): RuntimeModel {
  requireRows("fitRuntime", profile);
  requireOptions("fitRuntime", options, ["promptTimes", "outputTime", "loss", "constraints", "decimals"]);
  const rows = runtimeColumns(profile);
  return runtimeModel(profile, rows, solveRuntime(rows, solvingOptions(options)), options);
}

/** The options of a solution, checked, and with what they are by default. */
export function solvingOptions(options: FitRuntimeOptions): SolveRuntimeOptions {
  const { promptTimes, outputTime = "constant", loss = "chosen", constraints = "rising" } = options;
  if (promptTimes !== undefined) requireOneOf("promptTimes", promptTimes, ["measured", "fitted"]);
  requireOneOf("outputTime", outputTime, ["constant", "rising", "chosen"]);
  requireOneOf("loss", loss, ["squares", "huber", "chosen"]);
  requireOneOf("constraints", constraints, ["rising", "none"]);
  return { promptTimes, outputTime, loss, constraints, round: rounder(options.decimals) };
}

/** A solution as it is reported. */
export function runtimeModel(
  profile: readonly RuntimeMeasurement[],
  rows: RuntimeRowColumns,
  solved: SolvedRuntime,
  options: FitRuntimeOptions,
): RuntimeModel {
  const round = rounder(options.decimals);
  const { fit, choice } = solved;
  const [base, rise] = [round(fit.base), fit.rise];
  const cells = cellMeans(rows);
  const slope = (k: number) => base + rise * rows.promptSizes[k]!;
  const times = Array.from(fit.prompt, round);
  if (base === 0 && rise === 0) refuseRounding(rows, options);
  refuseNoOutputTime(rows, fit, { base, rise });
  const left = cells.map((cell) => cell.seconds - times[cell.k]!);
  const line = linearFit(
    cells.map((cell) => cell.steps),
    left,
  );
  const squares = cells.map((cell, i) => (left[i]! - slope(cell.k) * cell.steps) ** 2);
  const outliers = solved.outliers.map(({ row, deviations, expectedS }) => {
    const { promptTokens, outputTokens, runtimeS } = profile[row]!;
    return { row: row + 1, promptTokens, outputTokens, runtimeS, expectedS, deviations };
  });
  return {
    promptTimes: rows.promptSizes.map((promptTokens, k) => ({ promptTokens, seconds: times[k]! })),
    secondsPerOutputToken: rise === 0 ? base : base + rise * mean(rows.promptSizes),
    outputTime: {
      rule: solved.rule,
      baseS: base,
      perPromptTokenS: rise,
      ...(choice && {
        crossValidation: {
          constantS: choice.constantS,
          risingS: choice.risingS,
          promptSizes: choice.promptSizes,
        },
      }),
    },
    interceptS: line.intercept,
    r2: line.r2,
    meanSquaredError: mean(squares),
    maxSquaredError: squares.reduce((most, value) => Math.max(most, value), 0),
    nMeasurements: profile.length,
    promptTimesFrom: solved.promptTimesFrom,
    loss: solved.loss,
    outliers,
    constrained: solved.constrained.map((k) => rows.promptSizes[k]!),
  };
}

/** Says so where it was only rounding that left nothing of G. */
function refuseRounding(rows: RuntimeRowColumns, { decimals, ...others }: FitRuntimeOptions): void {
  if (decimals === undefined) return;
  const { base } = solveRuntime(rows, solvingOptions(others)).fit;
  if (!(base > 0)) return;
  throw new RangeError(
    `G, ${Number(base.toPrecision(3))} s an output token, is 0 at ${decimals} decimals; give more decimals, or none`,
  );
}

function rounder(decimals: number | undefined): (value: number) => number {
  if (decimals === undefined) return (value) => value;
  requireWholeBetween("decimals", decimals, 0, 12, "the paper's scripts keep 3");
  return (value) => Number(value.toFixed(decimals));
}
