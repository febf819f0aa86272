import { Fit } from "../fit/FitResult.ts";
import { rangeNote } from "../format/rangeNote.ts";
import { lifetimeOptimum } from "../inference/lifetime/lifetimeOptimum.ts";
import { type Allocation, computeOptimal } from "../isoflop/computeOptimal.ts";
import { extrapolationDistance } from "../judgement/extrapolationDistance.ts";
import { besiroglu2024, hoffmann2022, hoffmann2022Rounded } from "../laws/chinchilla/publishedChinchilla.ts";
import type { FittedLaw } from "../laws/definition/Law.ts";
import { requireFitted } from "../laws/definition/requireLaw.ts";
import { requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { stepLawLearningRate } from "../training/hyperparameters/publishedHyperparameters.ts";
import { stepLaw } from "../training/hyperparameters/stepLaw.ts";
import { planVocabulary } from "./planVocabulary.ts";
import type { Planned, TrainingPlan } from "./TrainingPlan.ts";
import { type Budget, type BudgetQuestion, budgetOptions, trainingBudget } from "./trainingBudget.ts";

/** A budget, and what the model is for. */
export interface TrainingQuestion extends BudgetQuestion {
  /** A fit or published constants in nParams and nTokens. Default: Epoch's refit of Chinchilla. */
  readonly law?: FittedLaw<"nParams" | "nTokens">;
  /** Tokens to serve in the model's life: the plan reaches the optimum's loss at the least compute over both. */
  readonly inferenceTokens?: number;
  /** Train at this many times the optimal tokens per parameter, at the same compute. */
  readonly overTrain?: number;
  /** Entries of the vocabulary; default: the optimum by approach 2 of Tao et al. 2024. */
  readonly vocabulary?: number;
  /** Accelerators at work at once, for days. */
  readonly gpus?: number;
  /** Price of an accelerator hour in US dollars, for the cost. */
  readonly usdPerGpuHour?: number;
}

/** Size and tokens of the 240 runs behind Chinchilla's published constants (Hoffmann et al. 2022, Figure 4). */
const chinchillaRuns = {
  nParams: [57_334_197, 16_183_346_311],
  nTokens: [818_680_777, 317_754_489_344],
} as const;
const onChinchillaRuns: readonly unknown[] = [besiroglu2024, hoffmann2022, hoffmann2022Rounded];

/**
 * What to train with a budget: model size, tokens, vocabulary, learning rate and batch, with the loss to expect, the
 * time and the cost, and for every number the law it comes from.
 *
 * By default the compute-optimal model. With `overTrain` a smaller one, trained longer at the same compute. With
 * `inferenceTokens` the model that reaches the optimum's loss at the least compute over training and serving
 * (6 N D + 2 N T): smaller, and trained on more compute than the budget, which the plan says.
 *
 * @throws RangeError when the budget is missing, given twice or not > 0, another number is not > 0, a vocabulary is
 *   below 256, characters are given for tokens, or `overTrain` and `inferenceTokens` are asked for at once
 *
 * @example
 * import { planTraining } from "isoflop";
 * const plan = planTraining({ flops: 1e24 });
 * plan.nParams.value; // => 9.586e10
 * plan.loss.from; // => "Besiroglu et al. 2024 (arXiv 2404.10102), eq. 3"
 */
export function planTraining(question: TrainingQuestion): TrainingPlan {
  const { law = besiroglu2024, inferenceTokens, overTrain, usdPerGpuHour, gpus } = question;
  if ("nCharacters" in question || "inferenceCharacters" in question) {
    throw new RangeError(
      "a plan counts tokens, not characters; convert with tokensFromCharacters(nCharacters, vocabSize)",
    );
  }
  requireFitted("planTraining", law);
  requireOptions("planTraining", question, [
    ...budgetOptions,
    "law",
    "inferenceTokens",
    "overTrain",
    "vocabulary",
    "gpus",
    "usdPerGpuHour",
  ]);
  const variables = law.law.variables.map(({ name }) => name);
  if (variables.length !== 2 || !variables.includes("nParams") || !variables.includes("nTokens")) {
    throw new RangeError(
      `a plan needs a law in nParams and nTokens; ${law.law.name} reads ${variables.join(", ")}`,
    );
  }
  if (inferenceTokens !== undefined && overTrain !== undefined) {
    throw new RangeError("overTrain and inferenceTokens both choose the model's size; give one");
  }
  const { flops: given, gpuHours, accelerator, mfu } = question;
  const budget = trainingBudget({ flops: given, gpuHours, accelerator, mfu });
  const optimum = computeOptimal(law, { flops: budget.flops.value });
  const chosen = choose(law, budget.flops.value, optimum, question);
  const { nParams, nTokens } = chosen;
  const flops = 6 * nParams * nTokens;
  const from = sourceOf(law);
  const vocabulary = planVocabulary(nParams, question.vocabulary);
  const nonEmbedding = vocabulary?.nParamsNonVocab ?? nParams;
  const { learningRate, batchTokens } = stepLaw({ nParams: nonEmbedding, nTokens });
  const byStepLaw = {
    from: stepLawLearningRate.source,
    notes: present(
      rangeNote("nParams", nonEmbedding, stepLawLearningRate.fitted.nParams!),
      rangeNote("nTokens", nTokens, stepLawLearningRate.fitted.nTokens!),
    ),
  };
  const allocation = { from: chosen.how ?? from, notes: extrapolation(law, chosen) };
  return {
    // Only serving moves the training compute off the budget.
    flops:
      inferenceTokens === undefined ? budget.flops : { ...budget.flops, value: flops, from: chosen.how! },
    nParams: { value: nParams, unit: "parameters, embeddings included", ...allocation },
    nTokens: { value: nTokens, unit: "tokens", ...allocation },
    tokensPerParam: { value: nTokens / nParams, unit: "tokens per parameter", ...allocation, notes: [] },
    loss: lossAt(law, chosen),
    ...(vocabulary && { vocabSize: vocabulary.vocabSize }),
    learningRate: { value: learningRate, unit: "peak, AdamW", ...byStepLaw },
    batchTokens: { value: batchTokens, unit: "tokens", ...byStepLaw },
    steps: { value: nTokens / batchTokens, unit: "optimizer steps", from: "tokens over batch", notes: [] },
    ...time(budget, flops, gpus, usdPerGpuHour),
    ...(overTrain !== undefined && {
      lossPenalty: { value: chosen.loss - optimum.loss, unit: law.law.response.unit, from, notes: [] },
    }),
    ...(inferenceTokens !== undefined && {
      inferenceFlops: {
        value: 2 * nParams * inferenceTokens,
        unit: "FLOPs",
        from: "2 N a token served",
        notes: [],
      },
    }),
  };
}

type Law = FittedLaw<"nParams" | "nTokens">;
type Chosen = Allocation & { readonly how?: string };

function choose(law: Law, flops: number, optimum: Allocation, question: TrainingQuestion): Chosen {
  const { overTrain, inferenceTokens } = question;
  if (overTrain !== undefined) {
    requirePositive("overTrain", overTrain, "give a factor of the optimal tokens per parameter, such as 8");
    const nParams = optimum.nParams / Math.sqrt(overTrain);
    const nTokens = flops / (6 * nParams);
    const loss = law.predict({ nParams, nTokens });
    const how = `${overTrain} times the optimal tokens per parameter of ${sourceOf(law)}`;
    return { nParams, nTokens, tokensPerParam: nTokens / nParams, loss, how };
  }
  if (inferenceTokens === undefined) return optimum;
  requirePositive("inferenceTokens", inferenceTokens, "give the tokens to serve, such as 1e13");
  const { E, A, alpha, B, beta } = law.parameters as Readonly<Record<string, number>>;
  if ([E, A, alpha, B, beta].some((value) => value === undefined)) {
    throw new RangeError(`inferenceTokens needs a law with E, A, alpha, B, beta; ${law.law.name} has others`);
  }
  const constants = { E: E!, A: A!, alpha: alpha!, B: B!, beta: beta! };
  const { nParams, nTokens } = lifetimeOptimum(constants, {
    loss: optimum.loss,
    inference: [{ nTokens: inferenceTokens }],
  });
  const how = `least compute over training and ${inferenceTokens} served tokens at the loss ${optimum.loss.toFixed(4)} of the budget's optimum (Sardana et al. 2024)`;
  return { nParams, nTokens, tokensPerParam: nTokens / nParams, loss: optimum.loss, how };
}

function lossAt(law: Law, { nParams, nTokens, loss }: Chosen): Planned {
  const shared = { value: loss, unit: law.law.response.unit, from: sourceOf(law) };
  if (law instanceof Fit) {
    return { ...shared, interval: law.predictionInterval({ nParams, nTokens }), notes: [] };
  }
  return { ...shared, notes: ["no interval: the published constants come without a covariance"] };
}

function extrapolation(law: Law, { nParams, nTokens }: Chosen): readonly string[] {
  if (law instanceof Fit) {
    const { inside, note } = extrapolationDistance(law, { nParams, nTokens });
    return inside ? [] : [note];
  }
  if (!onChinchillaRuns.includes(law)) return ["the range of the runs behind this law is not known here"];
  return present(
    rangeNote("nParams", nParams, chinchillaRuns.nParams),
    rangeNote("nTokens", nTokens, chinchillaRuns.nTokens),
  );
}

function time({ flopsPerGpuHour }: Budget, flops: number, gpus?: number, usdPerGpuHour?: number) {
  if (gpus !== undefined) requirePositive("gpus", gpus, "give the number of accelerators");
  if (usdPerGpuHour !== undefined) requirePositive("usdPerGpuHour", usdPerGpuHour, "give US dollars an hour");
  if (flopsPerGpuHour === undefined) {
    if (gpus !== undefined || usdPerGpuHour !== undefined) {
      throw new RangeError(
        "days and cost need an accelerator, such as h100; without one a budget has no hours",
      );
    }
    return {};
  }
  const hours = flops / flopsPerGpuHour.value;
  const { from, notes } = flopsPerGpuHour;
  return {
    gpuHours: { value: hours, unit: "accelerator hours", from, notes },
    ...(gpus !== undefined && {
      days: { value: hours / gpus / 24, unit: "days", from: `${gpus} accelerators, no downtime`, notes: [] },
    }),
    ...(usdPerGpuHour !== undefined && {
      usd: {
        value: hours * usdPerGpuHour,
        unit: "US dollars",
        from: `${usdPerGpuHour} US dollars an accelerator hour, given`,
        notes: [],
      },
    }),
  };
}

const present = (...notes: readonly (string | undefined)[]) => notes.filter((note) => note !== undefined);

function sourceOf(law: Law): string {
  if ("source" in law && typeof law.source === "string") return law.source;
  return law instanceof Fit ? `${law.law.name} fitted to ${law.n} runs` : law.law.name;
}
