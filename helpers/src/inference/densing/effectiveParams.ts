import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";

/** Scores between chance (floor) and perfection (ceiling); MMLU has 0.25 and 1. */
export interface ScoreRange {
  readonly floor: number;
  readonly ceiling: number;
}

/** logit((S − floor)/(ceiling − floor)) = slope·ln N + intercept, fitted to one family of models. */
export interface SizeReference extends ScoreRange {
  readonly kind: "size";
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
}

/**
 * The two steps of the densing law: loss L = E + A/N^α + B/D^β, then
 * logit((S − floor)/(ceiling − floor)) = slope·L + intercept, with slope < 0.
 */
export interface LossReference extends ScoreRange {
  readonly kind: "loss";
  readonly law: ReferenceLossLaw;
  /** D₀: tokens at which effective parameters are read off. */
  readonly nTokens: number;
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
}

/** L(N, D) = E + A/N^α + B/D^β in nats per token. */
export interface ReferenceLossLaw {
  readonly E: number;
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
}

/** How score depends on size for the reference models. */
export type ScoreReference = SizeReference | LossReference;

/** N̂ in parameters, or why there is none. */
export type EffectiveParams =
  | { readonly nParams: number; readonly problem?: undefined }
  | {
      readonly nParams?: undefined;
      readonly problem: "at or below chance" | "at or above the ceiling" | "beyond any size";
    };

/**
 * Fits a reference in one step: the logit of the rescaled score as a line in ln N, by ordinary least
 * squares over the models of one family. Scores at or beyond floor and ceiling are left out.
 *
 * @param models size in parameters and score of each reference model
 * @throws RangeError with fewer than two usable models
 * @example
 * import { fitSizeReference } from "isoflop";
 * const family = [{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }];
 * fitSizeReference(family, { floor: 0, ceiling: 1 }).r2; // => 1
 */
export function fitSizeReference(
  models: readonly { readonly nParams: number; readonly score: number }[],
  range: ScoreRange,
): SizeReference {
  const usable = models.filter(({ score }) => logitScore(score, range).value !== undefined);
  for (const { nParams } of usable) requirePositive("nParams", nParams, "give a count, such as 7e9");
  const line = linearFit(
    usable.map(({ nParams }) => Math.log(nParams)),
    usable.map(({ score }) => logitScore(score, range).value!),
  );
  return { kind: "size", ...range, slope: line.slope, intercept: line.intercept, r2: line.r2 };
}

/**
 * Fits a reference in the two steps of the densing law: the loss of each reference model from its size and
 * tokens, then the logit of the rescaled score as a line in that loss.
 *
 * Source: Xiao et al. 2024, "Densing Law of LLMs", eqs. 2–4. Their fitted coefficients are not published;
 * their loss law has no irreducible term (E = 0).
 *
 * @param models size, training tokens and score of each reference model
 * @param options floor and ceiling of the score, the loss law, and D₀ (default 1e12 tokens, as the paper)
 * @throws RangeError with fewer than two usable models
 * @example
 * import { fitLossReference } from "isoflop";
 * const law = { E: 0, A: 400, alpha: 0.34, B: 400, beta: 0.28 };
 * const family = [
 *   { nParams: 1e9, nTokens: 1e12, score: 0.3 },
 *   { nParams: 1e10, nTokens: 1e12, score: 0.6 },
 * ];
 * fitLossReference(family, { floor: 0, ceiling: 1, law }).slope < 0; // => true
 */
export function fitLossReference(
  models: readonly { readonly nParams: number; readonly nTokens: number; readonly score: number }[],
  options: ScoreRange & { readonly law: ReferenceLossLaw; readonly nTokens?: number },
): LossReference {
  requireRows("fitLossReference", models);
  requireOptions("fitLossReference", options, ["floor", "ceiling", "law", "nTokens"]);
  const { floor, ceiling, law, nTokens = 1e12 } = options;
  const range = { floor, ceiling };
  const usable = models.filter(({ score }) => logitScore(score, range).value !== undefined);
  const losses = usable.map((model) => {
    requirePositive("nParams", model.nParams, "give a count, such as 7e9");
    requirePositive("nTokens", model.nTokens, "give a count, such as 1.4e12");
    return law.E + law.A * model.nParams ** -law.alpha + law.B * model.nTokens ** -law.beta;
  });
  const line = linearFit(
    losses,
    usable.map(({ score }) => logitScore(score, range).value!),
  );
  const { slope, intercept, r2 } = line;
  return { kind: "loss", ...range, law, nTokens, slope, intercept, r2 };
}

/**
 * Effective parameters N̂ of a score: the size at which the reference models would reach it.
 *
 * A score may have no finite N̂: at chance or below, at the ceiling, or (two-step reference) where even an
 * unlimited model trained on D₀ tokens stays short of it. That comes back as `problem`; nothing is clamped.
 *
 * Source: Xiao et al. 2024, eq. 4.
 *
 * @throws RangeError if the score is not a number
 * @example
 * import { effectiveParams, fitSizeReference } from "isoflop";
 * const family = [{ nParams: 1e9, score: 0.5 }, { nParams: 1e10, score: 0.75 }];
 * const reference = fitSizeReference(family, { floor: 0, ceiling: 1 });
 * effectiveParams(reference, 0.5).nParams?.toPrecision(6); // => "1.00000e+9"
 * effectiveParams(reference, 1).problem; // => "at or above the ceiling"
 */
export function effectiveParams(reference: ScoreReference, score: number): EffectiveParams {
  const { value, problem } = logitScore(score, reference);
  if (value === undefined) return { problem };
  const predictor = (value - reference.intercept) / reference.slope;
  if (reference.kind === "size") return { nParams: Math.exp(predictor) };
  const { law, nTokens } = reference;
  const ofSize = predictor - law.E - law.B * nTokens ** -law.beta;
  if (!(ofSize > 0)) return { problem: "beyond any size" };
  return { nParams: (ofSize / law.A) ** (-1 / law.alpha) };
}

type Logit =
  | { value: number; problem?: undefined }
  | { value?: undefined; problem: "at or below chance" | "at or above the ceiling" };

function logitScore(score: number, { floor, ceiling }: ScoreRange): Logit {
  if (Number.isNaN(score)) throw new RangeError("score must be a number, got NaN; drop the model");
  const scaled = (score - floor) / (ceiling - floor);
  if (scaled <= 0) return { problem: "at or below chance" };
  if (scaled >= 1) return { problem: "at or above the ceiling" };
  return { value: Math.log(scaled / (1 - scaled)) };
}
