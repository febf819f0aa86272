import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { ownNumber } from "../../numerics/arguments/ownNumber.ts";
import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import { drawDirichlet } from "./dirichletShares.ts";
import { effectiveMixture, type RepetitionLaw } from "./effectiveMixture.ts";
import type { MixtureResponse, MixtureRun } from "./MixtureResponse.ts";
import { minimiseOnSimplex, type SimplexMinimum } from "./minimiseOnSimplex.ts";
import { projectToSimplex } from "./projectToSimplex.ts";
import { requireResponse } from "./requireResponse.ts";
import { type MixtureLimits, type ShareBounds, shareLimits } from "./shareLimits.ts";

/** What the best mixture is asked for: which losses count, for which run, within which limits. */
export interface OptimalMixtureOptions<Source extends string = string, Target extends string = string>
  extends MixtureLimits<Source>,
    MixtureRun {
  /** How much each target counts, default all alike. Those left out do not count; only ratios matter. */
  readonly weights?: Readonly<Partial<Record<Target, number>>>;
  /** What repeated tokens are worth: the response is then asked at effective shares and effective tokens. */
  readonly effectiveTokens?: RepetitionLaw;
}

/** The mixture with the least loss. */
export interface OptimalMixture<Source extends string = string, Target extends string = string> {
  /** Share of the training tokens by source; they sum to 1. */
  readonly shares: Readonly<Record<Source, number>>;
  /** The weighted mean of the losses there. */
  readonly value: number;
  readonly losses: Readonly<Record<Target, number>>;
  /** Sources whose share is at one of its bounds (0 and 1 are bounds), where the response alone does not set it. */
  readonly atBound: readonly Source[];
  /** How often each source that has an end is seen. */
  readonly epochs: Readonly<Partial<Record<Source, number>>>;
  /** Tokens after repeated ones are discounted, where `effectiveTokens` was given. */
  readonly effectiveTokens?: number;
  /** Whether the search came to rest. */
  readonly converged: boolean;
}

const optionNames = [
  "weights",
  "lower",
  "upper",
  "supply",
  "maxEpochs",
  "nParams",
  "nTokens",
  "effectiveTokens",
] as const satisfies readonly (keyof OptimalMixtureOptions)[];

/** Mixtures tried before the search, and from how many of them it starts. */
const scattered = 24;
const descents = 2;

/**
 * The shares of training data that minimise a response: the weighted mean over targets of
 * `L_t(h; N, D)`, subject to `sum h_i = 1` and `lower_i <= h_i <= upper_i`.
 *
 * With `supply`, a source holds that many unique tokens and may be seen `maxEpochs` times at most, so
 * `h_i <= maxEpochs_i supply_i / nTokens`. With `effectiveTokens` as well, repetition is paid for: the response sees the
 * shares and the total of the effective tokens. A response that does not read `nTokens` feels the shares alone.
 *
 * Several descents by a projected gradient; a response that is not convex may have a lower minimum that none of them
 * finds. A linear response has its minimum at a corner: `atBound` then names every source.
 *
 * @param response what a mixture does to the losses, such as `fittedMixture` makes of fitted laws
 * @param options weights of the targets, bounds, supply, size and tokens of the run
 * @throws RangeError when a bound, weight or supply is out of its domain, or the bounds leave no mixture
 *
 * @example
 * import { optimalMixture } from "isoflop";
 * const response = {
 *   sources: ["web", "code"] as const,
 *   targets: ["english", "python"] as const,
 *   losses: ([web, code]: Readonly<Float64Array>) => [2 + Math.exp(-3 * web!), 1 + Math.exp(-3 * code!)],
 * };
 * optimalMixture(response).shares.web; // => 0.5
 * optimalMixture(response, { weights: { english: 2, python: 1 } }).shares.web; // => 0.6155
 * // 10 billion unique tokens of code, four times at most, in a run of 100 billion.
 * const limited = optimalMixture(response, { nTokens: 100e9, supply: { code: 10e9 }, maxEpochs: 4 });
 * limited.shares.code; // => 0.4
 * limited.atBound; // => ["code"]
 */
export function optimalMixture<Source extends string, Target extends string>(
  response: MixtureResponse<Source, Target>,
  options: OptimalMixtureOptions<Source, Target> = {},
): OptimalMixture<Source, Target> {
  requireOptions("optimalMixture", options, optionNames);
  requireResponse("optimalMixture", response);
  const { nParams, nTokens, effectiveTokens } = options;
  if (effectiveTokens !== undefined && typeof effectiveTokens !== "function") {
    throw new TypeError(
      `effectiveTokens must be a function of unique tokens and tokens, got ${describeGiven(effectiveTokens)}`,
    );
  }
  const { sources, targets = ["loss"] as unknown as readonly Target[] } = response;
  if (nParams !== undefined) requirePositive("nParams", nParams, "give parameters, such as 7e9");
  if (nTokens !== undefined) requirePositive("nTokens", nTokens, "give training tokens, such as 100e9");
  const usualEpochs = effectiveTokens ? Infinity : 1;
  const bounds = shareLimits(sources, options, nTokens, usualEpochs);
  const weights = weightsOf(targets, options.weights);
  const effective = { shares: new Float64Array(sources.length), nTokens: nTokens ?? Number.NaN };
  const run = { ...(nParams !== undefined && { nParams }), ...(nTokens !== undefined && { nTokens }) };
  const ends = effectiveTokens !== undefined && bounds.supply.some((tokens) => tokens < Infinity);
  const lossesAt = (shares: Float64Array) => {
    if (!ends) return response.losses(shares, run);
    effectiveMixture(shares, nTokens!, bounds.supply, effectiveTokens, sources, effective);
    return response.losses(effective.shares, { ...run, nTokens: effective.nTokens });
  };
  const value = (shares: Float64Array) => {
    const losses = lossesAt(shares);
    if (typeof losses === "number") return losses;
    let sum = 0;
    for (let t = 0; t < weights.length; t++) if (weights[t]! > 0) sum += weights[t]! * losses[t]!;
    return sum;
  };
  const best = lowest(value, bounds);
  const at = (values: ArrayLike<number>) =>
    Object.fromEntries(sources.map((source, i) => [source, values[i]!])) as Record<Source, number>;
  const found = lossesAt(best.x);
  const losses = typeof found === "number" ? [found] : found;
  return {
    shares: at(best.x),
    value: best.value,
    losses: Object.fromEntries(targets.map((target, t) => [target, losses[t]!])) as Record<Target, number>,
    atBound: sources.filter(
      (_, i) => best.x[i]! <= bounds.lower[i]! + 1e-9 || best.x[i]! >= bounds.upper[i]! - 1e-9,
    ),
    epochs: Object.fromEntries(
      sources.flatMap((source, i) =>
        bounds.supply[i]! < Infinity ? [[source, epochsOf(best.x[i]! * nTokens!, bounds.supply[i]!)]] : [],
      ),
    ) as Partial<Record<Source, number>>,
    ...(ends && { effectiveTokens: effective.nTokens }),
    converged: best.converged,
  };
}

const epochsOf = (tokens: number, supply: number) => (tokens === 0 ? 0 : tokens / supply);

/** The weights of the targets, summing to 1. */
function weightsOf<Target extends string>(
  targets: readonly Target[],
  given: Readonly<Partial<Record<Target, number>>> | undefined,
): Float64Array {
  for (const name of Object.keys(given ?? {})) {
    if (targets.includes(name as Target)) continue;
    throw new RangeError(
      `weights name no target ${name}; did you mean ${nearestName(name, targets)}? There are ${targets.join(", ")}`,
    );
  }
  const weights = Float64Array.from(targets, (target) => (given ? (ownNumber(given, target) ?? 0) : 1));
  for (const [t, weight] of weights.entries()) {
    requireNonNegative(`the weight of ${targets[t]}`, weight, "0 leaves a target out");
  }
  const total = weights.reduce((sum, one) => sum + one, 0);
  if (!(total > 0)) throw new RangeError("the weights are all 0; give at least one target a weight");
  return weights.map((weight) => weight / total);
}

/** The lowest of a few descents: from the middle, and from the best of scattered mixtures and near-corners. */
function lowest(value: (x: Float64Array) => number, bounds: ShareBounds): SimplexMinimum {
  const { lower, upper } = bounds;
  const k = lower.length;
  const random = new Random(1, 0);
  const even = new Float64Array(k).fill(1 / k);
  const corner = (i: number) => even.map((share, j) => 0.1 * share + (i === j ? 0.9 : 0));
  const starts = [
    ...Array.from({ length: Math.min(k, 20) }, (_, i) => corner(i)),
    ...Array.from({ length: scattered }, () =>
      drawDirichlet(
        even.map(() => 1),
        random,
      ),
    ),
  ].map((start) => projectToSimplex(start, lower, upper));
  const ranked = starts
    .map((start) => ({ start, loss: value(start) }))
    .filter(({ loss }) => Number.isFinite(loss))
    .sort((a, b) => a.loss - b.loss)
    .slice(0, descents);
  let best: SimplexMinimum | undefined;
  for (const start of [projectToSimplex(even, lower, upper), ...ranked.map((one) => one.start)]) {
    if (!Number.isFinite(value(start))) continue;
    const found = minimiseOnSimplex(value, lower, upper, start);
    if (!best || found.value < best.value) best = found;
  }
  if (!best) {
    throw new RangeError(
      "the response is not finite at any mixture that was tried within the bounds; raise the lower bounds, or mend it",
    );
  }
  return best;
}
