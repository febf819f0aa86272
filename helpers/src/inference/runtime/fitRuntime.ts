import {
  requirePositive,
  requireWhole,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";
import { straightLine } from "../../numerics/lines/straightLine.ts";
import { mean } from "../../numerics/mean.ts";
import type { RuntimeMeasurement } from "./RuntimeMeasurement.ts";

/** Prefill time and time per output token, fitted to measurements. */
export interface RuntimeModel {
  /** F(p): seconds until the first token, for each measured prompt size, in rising order. */
  readonly promptTimes: readonly { readonly promptTokens: number; readonly seconds: number }[];
  /** G: seconds for each output token after the first. */
  readonly secondsPerOutputToken: number;
  /** Intercept of the pooled line, in seconds. Near 0 when T = F(p) + (o−1)G holds; not used to predict. */
  readonly interceptS: number;
  /** R² of the pooled line T − F(p) against o − 1. */
  readonly r2: number;
  /** Mean of (T − F(p) − (o−1)G)², in s². */
  readonly meanSquaredError: number;
  /** Largest (T − F(p) − (o−1)G)², in s². */
  readonly maxSquaredError: number;
  /** Number of measurements used. */
  readonly nMeasurements: number;
}

/** How {@link fitRuntime} gets F and rounds. */
export interface FitRuntimeOptions {
  /**
   * Where F(p) comes from. "measured" takes the runtime at one output token, as Narayanan et al. do.
   * "fitted" gives each prompt size its own intercept in the least squares with one common slope, for
   * profiles without single-token requests. Default: "measured" where each prompt size has one, else "fitted".
   */
  readonly promptTimes?: "measured" | "fitted";
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
 * Source: Narayanan et al. 2023, "Cheaply Estimating Inference Efficiency Metrics for Autoregressive
 * Transformer Models", eq. 1 and section 4.
 *
 * @throws RangeError on a row outside the domain, fewer than two different output sizes, or
 *   `promptTimes: "measured"` without a single-token request for some prompt size
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
  requireOptions("fitRuntime", options, ["promptTimes", "decimals"]);
  const cells = averageCells(profile);
  const promptSizes = [...new Set(cells.map((cell) => cell.promptTokens))].sort((a, b) => a - b);
  const singleToken = new Map(
    cells.filter((cell) => cell.outputTokens === 1).map((cell) => [cell.promptTokens, cell.runtimeS]),
  );
  const missing = promptSizes.filter((size) => !singleToken.has(size));
  const method = options.promptTimes ?? (missing.length === 0 ? "measured" : "fitted");
  if (method === "measured" && missing.length > 0) {
    throw new RangeError(
      `no request with 1 output token for ${missing.length} prompt size(s), the first being ${missing[0]}; ` +
        `measure one, or fit with { promptTimes: "fitted" }`,
    );
  }
  const round = rounder(options.decimals);
  const promptSeconds = method === "measured" ? singleToken : fittedPromptTimes(cells, promptSizes);
  const times = new Map(promptSizes.map((size) => [size, round(promptSeconds.get(size)!)]));
  const steps = cells.map((cell) => cell.outputTokens - 1);
  const decodeSeconds = cells.map((cell) => cell.runtimeS - times.get(cell.promptTokens)!);
  const line = linearFit(steps, decodeSeconds);
  const secondsPerOutputToken = round(line.slope);
  const squaredErrors = decodeSeconds.map((seconds, i) => (seconds - secondsPerOutputToken * steps[i]!) ** 2);
  return {
    promptTimes: promptSizes.map((promptTokens) => ({ promptTokens, seconds: times.get(promptTokens)! })),
    secondsPerOutputToken,
    interceptS: line.intercept,
    r2: line.r2,
    meanSquaredError: mean(squaredErrors),
    maxSquaredError: Math.max(...squaredErrors),
    nMeasurements: profile.length,
  };
}

function averageCells(profile: readonly RuntimeMeasurement[]): RuntimeMeasurement[] {
  const groups = new Map<string, { promptTokens: number; outputTokens: number; sum: number; n: number }>();
  profile.forEach(({ promptTokens, outputTokens, runtimeS }, i) => {
    const place = { in: `row ${i + 1}` };
    requireWhole("promptTokens", promptTokens, 1, place);
    requireWhole("outputTokens", outputTokens, 1, place);
    requirePositive("runtimeS", runtimeS, place);
    const key = `${promptTokens}/${outputTokens}`;
    const group = groups.get(key) ?? { promptTokens, outputTokens, sum: 0, n: 0 };
    group.sum += runtimeS;
    group.n += 1;
    groups.set(key, group);
  });
  const cells = [...groups.values()].map(({ sum, n, ...size }) => ({ ...size, runtimeS: sum / n }));
  if (new Set(cells.map((cell) => cell.outputTokens)).size < 2) {
    throw new RangeError(
      `a runtime fit needs at least 2 different output sizes, got ${cells.length} request size(s); ` +
        "measure the same prompt with 1 and with more output tokens",
    );
  }
  return cells;
}

/** One intercept a prompt size and one common slope: the slope of the deviations from each size's means. */
function fittedPromptTimes(
  cells: readonly RuntimeMeasurement[],
  promptSizes: readonly number[],
): Map<number, number> {
  const means = new Map<number, { steps: number; seconds: number }>();
  const steps: number[] = [];
  const seconds: number[] = [];
  for (const size of promptSizes) {
    const own = cells.filter((cell) => cell.promptTokens === size);
    const centre = {
      steps: mean(own.map((cell) => cell.outputTokens - 1)),
      seconds: mean(own.map((cell) => cell.runtimeS)),
    };
    means.set(size, centre);
    steps.push(...own.map((cell) => cell.outputTokens - 1 - centre.steps));
    seconds.push(...own.map((cell) => cell.runtimeS - centre.seconds));
  }
  if (steps.every((step) => step === 0)) {
    throw new RangeError(
      "no prompt size was measured with two output sizes, so prefill and decode cannot be told apart; " +
        "measure one prompt size with two output sizes",
    );
  }
  const { slope } = straightLine(steps, seconds);
  return new Map([...means].map(([size, centre]) => [size, centre.seconds - slope * centre.steps]));
}

function rounder(decimals: number | undefined): (value: number) => number {
  if (decimals === undefined) return (value) => value;
  requireWholeBetween("decimals", decimals, 0, 12, "the paper's scripts keep 3");
  return (value) => Number(value.toFixed(decimals));
}
