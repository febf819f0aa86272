import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { mean } from "../../numerics/mean.ts";
import { rankCorrelation } from "../../numerics/rankCorrelation.ts";
import type { MixtureResponse, MixtureRun } from "./MixtureResponse.ts";
import { requireResponse } from "./requireResponse.ts";

/** How well a response foretells runs, for one target. */
export interface MixtureScore {
  /** Mean absolute error, in the losses' unit. */
  readonly meanAbsoluteError: number;
  /** Share of the variance explained; below 0 when the mean would do better. NaN, as is any order, where all losses are alike. */
  readonly r2: number;
  /** Spearman's, with ties: what counts for choosing a mixture, and all that is left at another size. */
  readonly rankCorrelation: number;
  /** Of all pairs of runs whose losses differ, the share that the response puts in the right order. */
  readonly pairAccuracy: number;
  readonly n: number;
}

/**
 * Judges a response on runs, best ones that it was not fitted to: error, explained variance and order, by target.
 *
 * @param runs records with the shares and losses under the response's names
 * @throws RangeError when there is no run, a share or loss is missing or the response is not finite
 *
 * @example
 * import { mixtureScores } from "isoflop";
 * const runs = [{ web: 0.2, code: 0.8, loss: 3 }, { web: 0.6, code: 0.4, loss: 2.5 }, { web: 0.9, code: 0.1, loss: 2.4 }];
 * const scores = mixtureScores({ sources: ["web", "code"], losses: ([web]) => 3.2 - web! }, runs);
 * scores.loss.rankCorrelation; // => 1
 * scores.loss.meanAbsoluteError; // => 0.06667
 */
export function mixtureScores<Source extends string, Target extends string = "loss">(
  response: MixtureResponse<Source, Target>,
  runs: readonly Readonly<Record<string, unknown>>[],
): Record<Target, MixtureScore> {
  requireResponse("mixtureScores", response);
  requireRows("mixtureScores", runs);
  if (runs.length === 0) throw new RangeError("mixtureScores needs runs to judge on, got none");
  const { sources, targets = ["loss"] as unknown as readonly Target[] } = response;
  const shares = sources.map((source) => columnOf(runs, source));
  const point = new Float64Array(sources.length);
  const foretold = runs.map((run, i) => {
    for (let j = 0; j < point.length; j++) point[j] = shares[j]![i]!;
    const losses = response.losses(point, run as MixtureRun);
    const all = typeof losses === "number" ? [losses] : Array.from(losses);
    for (const [t, target] of targets.entries()) {
      if (!Number.isFinite(all[t]))
        throw refusal(`the response for ${target}`, "must be a finite number", all[t], { in: `row ${i}` });
    }
    return all;
  });
  return Object.fromEntries(
    targets.map((target, t) => [
      target,
      scoreOf(
        foretold.map((losses) => losses[t]!),
        columnOf(runs, target),
      ),
    ]),
  ) as Record<Target, MixtureScore>;
}

function scoreOf(foretold: readonly number[], seen: readonly number[]): MixtureScore {
  const middle = mean(seen);
  const squares = seen.reduce((sum, one, i) => sum + (one - foretold[i]!) ** 2, 0);
  const around = seen.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  let [right, pairs] = [0, 0];
  for (let i = 0; i < seen.length; i++) {
    for (let j = 0; j < i; j++) {
      if (seen[i] === seen[j]) continue;
      pairs++;
      if (foretold[i] === foretold[j]) right += 0.5;
      else if (seen[i]! < seen[j]! === foretold[i]! < foretold[j]!) right++;
    }
  }
  return {
    meanAbsoluteError: mean(seen.map((one, i) => Math.abs(one - foretold[i]!))),
    r2: around > 0 ? 1 - squares / around : Number.NaN,
    rankCorrelation: seen.length > 1 ? rankCorrelation(foretold, seen) : Number.NaN,
    pairAccuracy: right / pairs,
    n: seen.length,
  };
}

/** A field of all runs as numbers. */
export function columnOf(runs: readonly Readonly<Record<string, unknown>>[], name: string): number[] {
  return runs.map((run, i) => {
    const value = run[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new RangeError(
      `${name} must be a finite number, got ${String(value)} in row ${i}; drop the row or fix the file`,
    );
  });
}
