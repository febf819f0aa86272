import type { Interval } from "../../fit/uncertainty/Interval.ts";
import { type PublishedLaw, withParameters } from "../../laws/definition/withParameters.ts";
import { lossToLoss } from "../../laws/levers/lossToLoss.ts";
import { refusal, requireLevel, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { straightLine } from "../../numerics/lines/straightLine.ts";
import { mean } from "../../numerics/mean.ts";
import { sum } from "../../numerics/sum.ts";

/** Losses of two models of equal size and tokens on two corpora, or two losses of one model, nats per token. */
export interface LossPair {
  readonly sourceLoss: number;
  readonly targetLoss: number;
}

/** Floors of the two losses, nats per token, and how well they are known. */
export interface LossFloors {
  /** E of the law fitted to the losses that are known. */
  readonly sourceFloor: number;
  /** E of the law fitted to the losses that are wanted. */
  readonly targetFloor: number;
  /** Standard errors of the floors; 0, the default, takes them as exact, which makes intervals far too narrow. */
  readonly sourceFloorError?: number;
  readonly targetFloorError?: number;
}

/** A line through the logarithms of two losses above their floors. */
export interface LossToLossLine {
  readonly K: number;
  readonly kappa: number;
  /** Standard error of kappa from the scatter about the line; NaN with two pairs. */
  readonly kappaError: number;
  /** The line as a law that predicts `targetLoss`. */
  readonly law: PublishedLaw<"sourceLoss", "E0" | "E1" | "K" | "kappa", "targetLoss">;
  /** Interval for one more pair's target loss: the line's scatter and slope, and the floors' errors. */
  interval(sourceLoss: number, level?: number): Interval;
}

/**
 * One loss by another, as its authors fit it: with the floors E0 and E1 of two scaling laws held, ln(L1 - E1) is a straight
 * line of ln(L0 - E0), with slope kappa and intercept ln K, by least squares.
 *
 * Fitting the curve itself weighs the runs otherwise and gives other digits. The interval takes losses to scatter by a like
 * share of themselves, and the errors of the floors as independent of the pairs, though both come from the same runs.
 *
 * @param pairs three or more, to have an interval; two for the line alone
 * @param floors of both losses, below every one of them, with their standard errors
 * @throws RangeError when there are fewer than two pairs, or a loss is not above its floor
 *
 * Source: Brandfonbrener et al. 2024 (arXiv 2411.12925); their notebook loss_relationships.ipynb.
 *
 * @example
 * import { lossToLossLine } from "isoflop";
 * const pairs = [2.6, 2.8, 3.1, 3.5].map((sourceLoss) => ({ sourceLoss, targetLoss: 0.9 + 0.6 * (sourceLoss - 2) ** 1.1 }));
 * const { K, kappa } = lossToLossLine(pairs, { sourceFloor: 2, targetFloor: 0.9 });
 * [K, kappa]; // => [0.6, 1.1]
 */
export function lossToLossLine(pairs: readonly LossPair[], floors: LossFloors): LossToLossLine {
  requireRows("lossToLossLine", pairs);
  requireOptions("the floors of lossToLossLine", floors, [
    "sourceFloor",
    "targetFloor",
    "sourceFloorError",
    "targetFloorError",
  ]);
  const { sourceFloor, targetFloor, sourceFloorError = 0, targetFloorError = 0 } = floors;
  requireNonNegative("sourceFloor", sourceFloor, "give the E of a fit");
  requireNonNegative("targetFloor", targetFloor, "give the E of a fit");
  requireNonNegative("sourceFloorError", sourceFloorError, "give a standard error");
  requireNonNegative("targetFloorError", targetFloorError, "give a standard error");
  if (pairs.length < 2) {
    throw refusal("the number of pairs", "must be at least 2", pairs.length, "a line needs two points");
  }
  for (const [row, pair] of pairs.entries()) {
    requireExcess("sourceLoss", pair.sourceLoss, sourceFloor, { in: `row ${row}` });
    requireExcess("targetLoss", pair.targetLoss, targetFloor, { in: `row ${row}` });
  }
  const line = lineAt(pairs, sourceFloor, targetFloor);
  const { K, kappa } = line;
  const at = (loss: number, E0: number, E1: number) => {
    const moved = lineAt(pairs, E0, E1);
    return E1 + moved.K * (loss - E0) ** moved.kappa;
  };
  return Object.freeze({
    K,
    kappa,
    kappaError: Math.sqrt(line.varianceOf(0, 1)),
    law: withParameters(lossToLoss, { E0: sourceFloor, E1: targetFloor, K, kappa }, "lossToLossLine"),
    interval(sourceLoss: number, level = 0.95): Interval {
      requireLevel(level);
      if (pairs.length < 3) {
        throw refusal("the number of pairs", "must be at least 3", pairs.length, "two show no scatter");
      }
      requireExcess("sourceLoss", sourceLoss, sourceFloor, "ask for a loss above its floor");
      const u = Math.log(sourceLoss - sourceFloor);
      const excess = K * Math.exp(kappa * u);
      const ofLine = line.varianceOf(1 / pairs.length, u - line.xMean);
      const scatter = ofLine + line.noise * line.weightOf(sourceLoss, targetFloor + excess);
      // The floors move the line, too: by differences a hundredth of their error wide.
      const [h0, h1] = [sourceFloorError / 100, targetFloorError / 100];
      const byFloor =
        (at(sourceLoss, sourceFloor + h0, targetFloor) - at(sourceLoss, sourceFloor - h0, targetFloor)) * 50;
      const byTarget =
        (at(sourceLoss, sourceFloor, targetFloor + h1) - at(sourceLoss, sourceFloor, targetFloor - h1)) * 50;
      const t = studentTQuantile((1 + level) / 2, pairs.length - 2);
      const reach = t * Math.sqrt(scatter * excess ** 2 + byFloor ** 2 + byTarget ** 2);
      return [targetFloor + excess - reach, targetFloor + excess + reach];
    },
  });
}

function requireExcess(name: string, value: number, floor: number, way: string | { in: string }): void {
  if (Number.isFinite(value) && value > floor) return;
  throw refusal(name, `must be a finite number above its floor ${floor}`, value, way);
}

/**
 * The line for given floors, and what it says of the noise.
 *
 * Losses scatter by a like share of themselves, so their logarithms above a floor scatter the more the nearer they are to
 * it: the variance of a pair is `weight` times that of a loss.
 */
function lineAt(pairs: readonly LossPair[], E0: number, E1: number) {
  const x = pairs.map(({ sourceLoss }) => Math.log(sourceLoss - E0));
  const y = pairs.map(({ targetLoss }) => Math.log(targetLoss - E1));
  const { slope: kappa, intercept } = straightLine(x, y);
  const xMean = mean(x);
  const xx = sum(Float64Array.from(x, (value) => (value - xMean) ** 2));
  const weightOf = (sourceLoss: number, targetLoss: number) =>
    (targetLoss / (targetLoss - E1)) ** 2 + ((kappa * sourceLoss) / (sourceLoss - E0)) ** 2;
  const weights = pairs.map(({ sourceLoss, targetLoss }) => weightOf(sourceLoss, targetLoss));
  const squares = Float64Array.from(y, (value, i) => (value - intercept - kappa * x[i]!) ** 2 / weights[i]!);
  /** Variance of the relative scatter of a loss; NaN with two pairs. */
  const noise = pairs.length > 2 ? sum(squares) / (pairs.length - 2) : Number.NaN;
  /** Variance of `level + slope u` of the line, by how much each pair moves it. */
  const varianceOf = (level: number, slope: number) =>
    noise *
    sum(Float64Array.from(x, (value, i) => (level + (slope * (value - xMean)) / xx) ** 2 * weights[i]!));
  return { K: Math.exp(intercept), kappa, xMean, noise, weightOf, varianceOf };
}
