import { formatFlops } from "../format/formatFlops.ts";
import { requireFitted } from "../laws/definition/requireLaw.ts";
import { type BudgetQuestion, budgetOptions, trainingBudget } from "./budget/trainingBudget.ts";
import { givenValues } from "./model/givenValues.ts";
import { PlanDraws } from "./model/PlanDraws.ts";
import { plannedValues } from "./model/plannedValues.ts";
import { settleExperts } from "./model/settleExperts.ts";
import { type SettledPlan, settlePlan } from "./model/settlePlan.ts";
import type { PlanContext } from "./parts/PlanContext.ts";
import { planAllocation } from "./parts/planAllocation.ts";
import { planHyperparameters } from "./parts/planHyperparameters.ts";
import { planLoss } from "./parts/planLoss.ts";
import { planMixture } from "./parts/planMixture.ts";
import { planTime } from "./parts/planTime.ts";
import { planVocabulary } from "./parts/planVocabulary.ts";
import { chinchillaFigure4Fit } from "./publicFits/chinchillaFigure4Fit.ts";
import { requireFinite } from "./requireFinite.ts";
import { requireIdentified } from "./requireIdentified.ts";
import { requireModel } from "./requireModel.ts";
import type { TrainingPlan } from "./TrainingPlan.ts";
import { checkQuestion, expertCandidates, type TrainingQuestion } from "./TrainingQuestion.ts";
import { expertsSource } from "./terms/expertsSource.ts";
import { lossSource } from "./terms/lossSource.ts";
import { planTerms } from "./terms/planTerms.ts";
import { repetitionSource } from "./terms/repetitionSource.ts";
import { whyFar } from "./terms/whyFar.ts";

/**
 * What to train with a budget: model size, tokens, vocabulary, learning rate and batch, with the loss to expect, the
 * time and the cost, and for every number the law it comes from.
 *
 * By default the compute-optimal model of isoflop's own fit of public runs. With `uniqueTokens` what is trained beyond them
 * is repeated, and worth less. With `overTrain` a smaller model, trained longer at the same compute. With `inferenceTokens`
 * the model that reaches the optimum's loss at the least compute over training and serving (6 N D + 2 N T): smaller, and
 * trained on more compute than the budget, which the plan says.
 *
 * Intervals are of 95 %, over draws of the constants of all laws together: those of size and tokens say where the best
 * plan may lie, that of the loss where this plan's run may end on the law's own data; `regret` is what the difference costs.
 *
 * @throws RangeError when the budget is missing, given twice or not > 0, another number is not > 0, a vocabulary is
 *   below 256, characters are given for tokens, or `overTrain` and `inferenceTokens` are asked for at once; when the law
 *   has no optimum at the budget, reads something that is not given, or is a fit that its runs do not identify; when the
 *   memory holds no such model, or laws that were never measured together are asked ten times beyond their runs without
 *   `beyondData`
 *
 * @example
 * import { planTraining } from "isoflop";
 * const plan = planTraining({ flops: 1e24 });
 * plan.nParams.value; // => 1.001e11
 * plan.loss.from; // => "isoflop's fit of the 240 runs of Hoffmann et al. 2022 (arXiv 2203.15556), Figure 4"
 */
export function planTraining(question: TrainingQuestion): TrainingPlan {
  checkQuestion(question);
  const { law = chinchillaFigure4Fit, uniqueTokens, mixture, overTrain, inferenceTokens } = question;
  requireFitted("planTraining", law);
  requireIdentified(law);
  const budget = trainingBudget(
    Object.fromEntries(budgetOptions.map((name) => [name, question[name]])) as BudgetQuestion,
  );
  const reads = (name: string) => law.law.variables.some((variable) => variable.name === name);
  if (mixture !== undefined && reads("uniqueTokens")) {
    throw new RangeError(
      `${law.law.name} reads uniqueTokens and says itself what repeats are worth, which a mixture would count twice; give uniqueTokens in place of mixture`,
    );
  }
  const given = givenValues(law, question);
  // A law that reads unique tokens or experts itself needs no other to say what they are worth.
  const isRepeated = mixture !== undefined || (uniqueTokens !== undefined && !reads("uniqueTokens"));
  const isRouted = !reads("experts") && expertCandidates(question).some((count) => count > 1);
  const loss = lossSource(law);
  const possible = [
    loss,
    ...(isRepeated ? [repetitionSource()] : []),
    ...(isRouted ? [expertsSource()] : []),
  ];
  const constants = Object.fromEntries(possible.map(({ term, at }) => [term, at]));
  const limits = { logProduct: Math.log(budget.flops.value / 6), overTrain, inferenceTokens };
  const sourcesOf = ({ model }: SettledPlan) =>
    model.experts === 1 ? possible.filter(({ term }) => term !== "experts") : possible;
  const farOf = (settled: SettledPlan) =>
    question.beyondData ? undefined : whyFar(sourcesOf(settled), plannedValues(settled));
  const found = settleExperts(
    question,
    (experts, logMostParams) =>
      settlePlan(
        isRouted
          ? { law: law.law, given, experts }
          : { law: law.law, given: reads("experts") ? { ...given, experts } : given },
        constants,
        { ...limits, ...(logMostParams !== undefined && { logMostParams }) },
        { mixture, uniqueTokens: isRepeated ? uniqueTokens : undefined },
      ),
    (settled) => farOf(settled) !== undefined,
  );
  if (!found) {
    throw new RangeError(
      `${law.law.name} with ${JSON.stringify(law.parameters)} has no optimum of at least one parameter ` +
        `and one token at ${formatFlops(budget.flops.value)} FLOPs: more parameters or more tokens always help; ` +
        "check the fit's status, or give a larger budget",
    );
  }
  const { settled, passedOver } = found;
  requireModel(question, budget, settled);
  const far = farOf(settled);
  if (far !== undefined) throw new RangeError(far);
  const { chosen, surfacesOf, options } = settled;
  const sources = sourcesOf(settled);
  const values = plannedValues(settled);
  const { draws = 1000, seed = 42 } = question;
  const drawn = sources.some(({ draw }) => draw)
    ? new PlanDraws(sources, surfacesOf, chosen, { ...options, draws, seed })
    : undefined;
  return requireFinite(
    assemble({ question, law, budget, loss, sources, settled, passedOver, values, drawn }),
  );
}

function assemble(context: PlanContext): TrainingPlan {
  const { question, sources, settled, drawn } = context;
  const allocation = planAllocation(context);
  const vocabulary = planVocabulary(
    Math.exp(settled.chosen.logN),
    question.vocabulary ?? settled.model.given.vocabSize,
  );
  const { inferenceTokens } = question;
  const size = allocation.nParams;
  return {
    ...allocation,
    ...planLoss(context),
    ...(vocabulary && { vocabSize: vocabulary.vocabSize }),
    ...planHyperparameters(context, vocabulary?.nParamsNonVocab ?? size.value),
    ...planTime(context, allocation.flops),
    ...(inferenceTokens !== undefined && {
      inferenceFlops: {
        value: 2 * size.value * inferenceTokens,
        unit: "FLOPs",
        from: "2 N a token served",
        ...(size.interval && {
          interval: [2 * size.interval[0] * inferenceTokens, 2 * size.interval[1] * inferenceTokens] as const,
        }),
        notes: [],
      },
    }),
    ...planMixture(context),
    terms: planTerms(sources, drawn?.constants),
  };
}
