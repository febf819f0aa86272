import type { FittedLaw } from "../laws/definition/Law.ts";
import { describeGiven } from "../numerics/arguments/describeGiven.ts";
import {
  requireEfficiency,
  requirePositive,
  requireWhole,
  requireWholeBetween,
} from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { type BudgetQuestion, budgetOptions } from "./budget/trainingBudget.ts";
import { checkMixture, type PlanMixture } from "./mixture/PlanMixture.ts";

/** A budget, what limits the run, and what the model is for. */
export interface TrainingQuestion extends BudgetQuestion {
  /**
   * A fit or published constants of the loss. It reads nParams and nTokens, or what follows from them (flops,
   * tokenMultiplier, tokensPerParam), and whatever else `at` gives. Default: `chinchillaFigure4Fit`.
   */
  readonly law?: FittedLaw;
  /** Values of what the law reads besides size and tokens, such as { vocabSize: 32000 }. */
  readonly at?: Readonly<Record<string, number>>;
  /** Different tokens there are: what is trained beyond them is repeated. */
  readonly uniqueTokens?: number;
  /** Sources of the training tokens, each with its supply: shares that are settled, or a response by which they are found. */
  readonly mixture?: PlanMixture;
  /** Experts of a routed layer, or candidates of which the best is taken; 1 is a dense model. */
  readonly experts?: number | readonly number[];
  /** Bytes that all weights may take, at `bytesPerParam` each (default 2). */
  readonly memoryBytes?: number;
  readonly bytesPerParam?: number;
  /** Tokens to serve in the model's life: the plan reaches the optimum's loss at the least compute over both. */
  readonly inferenceTokens?: number;
  /** Train at this many times the optimal tokens per parameter, at the same compute. */
  readonly overTrain?: number;
  /** Entries of the vocabulary; default: the optimum by approach 2 of Tao et al. 2024. */
  readonly vocabulary?: number;
  /** Largest batch in tokens. */
  readonly maxBatchTokens?: number;
  /** Share of the steps over which the rate falls at the end, such as .2, after a constant rate. */
  readonly cooldown?: number;
  /** Tokens after which the model is to be measured too, each by a cooldown of its own; with `cooldown`. */
  readonly horizons?: readonly number[];
  /** Plan also where laws that were never measured together are asked more than ten times beyond their runs. */
  readonly beyondData?: boolean;
  /** Draws of all constants together behind the intervals; default 1,000. */
  readonly draws?: number;
  /** Seed of the draws; default 42. */
  readonly seed?: number;
}

const options = [
  ...budgetOptions,
  "law",
  "at",
  "uniqueTokens",
  "mixture",
  "experts",
  "memoryBytes",
  "bytesPerParam",
  "inferenceTokens",
  "overTrain",
  "vocabulary",
  "maxBatchTokens",
  "cooldown",
  "horizons",
  "beyondData",
  "draws",
  "seed",
] as const satisfies readonly (keyof TrainingQuestion)[];

/** Throws where a question of `planTraining` cannot be meant. */
export function checkQuestion(question: TrainingQuestion): void {
  const isObject = (value: unknown) => typeof value === "object" && value !== null;
  if (isObject(question) && ("nCharacters" in question || "inferenceCharacters" in question)) {
    throw new RangeError(
      "a plan counts tokens, not characters; convert with tokensFromCharacters(nCharacters, vocabSize)",
    );
  }
  requireOptions("planTraining", question, options);
  const { at, beyondData, vocabulary } = question;
  if (at !== undefined && (!isObject(at) || Array.isArray(at))) {
    throw new TypeError(
      `at must be an object of numbers by variable such as { vocabSize: 32000 }, got ${describeGiven(at)}; give one`,
    );
  }
  if (beyondData !== undefined && typeof beyondData !== "boolean") {
    throw new TypeError(`beyondData must be true or false, got ${describeGiven(beyondData)}; leave it out`);
  }
  if (vocabulary !== undefined) requireWhole("vocabulary", vocabulary, 256, "32000 is usual");
  const {
    inferenceTokens,
    overTrain,
    uniqueTokens,
    mixture,
    memoryBytes,
    bytesPerParam,
    maxBatchTokens,
    cooldown,
    horizons,
    draws,
    seed,
  } = question;
  if (inferenceTokens !== undefined && overTrain !== undefined) {
    throw new RangeError("overTrain and inferenceTokens both choose the model's size; give one");
  }
  if (overTrain !== undefined) {
    requirePositive("overTrain", overTrain, "give a factor of the optimal tokens per parameter, such as 8");
  }
  if (inferenceTokens !== undefined) {
    requirePositive("inferenceTokens", inferenceTokens, "give the tokens to serve, such as 1e13");
  }
  if (uniqueTokens !== undefined) {
    requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 60e9");
  }
  if (mixture !== undefined) checkMixture(mixture);
  if (mixture !== undefined && uniqueTokens !== undefined) {
    throw new RangeError(
      "uniqueTokens and the supply of a mixture's sources both say what there is; give one",
    );
  }
  for (const count of expertCandidates(question)) {
    requireWhole("experts", count, 1, "1 is a dense model, 64 a mixture of 64 experts");
  }
  if (memoryBytes !== undefined) requirePositive("memoryBytes", memoryBytes, "give bytes, such as 640e9");
  if (bytesPerParam !== undefined) requirePositive("bytesPerParam", bytesPerParam, "2 is a 16-bit number");
  if (maxBatchTokens !== undefined) {
    requirePositive("maxBatchTokens", maxBatchTokens, "give tokens of a step, such as 4e6");
  }
  if (cooldown !== undefined) requireEfficiency("cooldown", cooldown);
  if (horizons !== undefined && cooldown === undefined) {
    throw new RangeError("horizons are measured by cooldowns of one run; give cooldown, such as 0.2");
  }
  if (horizons !== undefined && (!Array.isArray(horizons) || horizons.length === 0)) {
    throw new TypeError(
      `horizons must be a list of tokens such as [1e11, 2e11], got ${listed(horizons)}; leave it out for none`,
    );
  }
  for (const horizon of horizons ?? []) {
    requirePositive("a horizon", horizon, "give tokens of training, such as 1e11");
  }
  if (draws !== undefined) requireWholeBetween("draws", draws, 2, 1e5, "1000 is usual");
  if (seed !== undefined && !Number.isFinite(seed)) {
    throw new RangeError(`seed must be a finite number, got ${seed}; 42 is usual`);
  }
}

/** The numbers of experts that a question lets choose from. */
export function expertCandidates({ experts = 1 }: TrainingQuestion): readonly number[] {
  const candidates = typeof experts === "number" ? [experts] : experts;
  if (!Array.isArray(candidates) || candidates.length === 0) {
    throw new RangeError(
      `experts must be a number or a list of them such as [1, 8, 64], got ${listed(experts)}`,
    );
  }
  return candidates;
}

const listed = (given: unknown) => (Array.isArray(given) ? "an empty list" : describeGiven(given));
