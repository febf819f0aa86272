import { formatCount } from "../../format/formatCount.ts";
import type { LossLaw } from "../../inference/lifetime/lifetimeOptimum.ts";
import type { ServedPlan } from "../../inference/lifetime/servedOptimum.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { percentileInterval } from "../../numerics/percentileInterval.ts";
import { Random } from "../../numerics/random/Random.ts";
import { posteriorOf } from "../draws/drawLaws.ts";
import { chinchillaFigure4Fit } from "../publicFits/chinchillaFigure4Fit.ts";
import { requireIdentified } from "../requireIdentified.ts";
import type { Planned } from "../TrainingPlan.ts";
import { drawnRange } from "./drawnRange.ts";
import type { LifetimeAnswer, LifetimeOfModel } from "./LifetimeAnswer.ts";
import { checkLifetimeQuestion, type LifetimeQuestion } from "./LifetimeQuestion.ts";
import { lifetimeCurve, lifetimeRates } from "./lifetimeInputs.ts";
import { bestLife, type LifetimeInputs, optimalLife } from "./lifetimeOf.ts";
import { lossLawOf } from "./lossPlans.ts";
import type { ServingCostCurve } from "./servingCostCurve.ts";

/** What becomes of one draw. */
interface Life {
  readonly inputs: LifetimeInputs;
  readonly loss: number;
  readonly optimal: ServedPlan;
  readonly best: ServedPlan;
  readonly by2N: number;
}

/**
 * From a budget, or a loss, to the dollars of a model's life: the loss law says which model, the time model what its training
 * costs, the search of serving configurations what a served token costs at the service level; and the model that is cheapest
 * over both, with the real cost of a token in place of 2N.
 *
 * One interval runs through: each draw takes the law's constants from their covariance, the training rate, one error of the
 * serving speed for all sizes, and prices (a pair is drawn evenly in logarithms), chooses its model and adds its dollars up.
 * What is shared is drawn once, so that nothing counts twice. The interval says where the dollars of the best model lie, not
 * those of one model that is settled already.
 *
 * @throws RangeError on numbers outside their domain, a law without covariance or of another form, prices that are not known,
 *   a loss that no model reaches, or where nothing serves within the limits
 * @example
 * import { lifetimeCost } from "isoflop";
 * const life = lifetimeCost({
 *   flops: 1e22, training: { accelerator: "h100-sxm", usdPerHour: [2, 3] }, draws: 200,
 *   serving: {
 *     outputTokens: 1e12,
 *     cost: {
 *       serving: { offers: [{ accelerator: "h100-sxm", devices: 2 }], promptTokens: 512, outputTokens: 256 }, points: 5,
 *     },
 *   },
 * });
 * life.lifetimeOptimal.usd.value <= life.computeOptimal.usd.value; // => true
 */
export function lifetimeCost(question: LifetimeQuestion): LifetimeAnswer {
  checkLifetimeQuestion(question);
  const { law: fitted = chinchillaFigure4Fit, draws = 1000, seed = 42, serving, flops, usd, loss } = question;
  requireFitted("lifetimeCost", fitted);
  requireIdentified(fitted);
  const law = lossLawOf(fitted);
  const posterior = posteriorOf(fitted);
  if (!posterior) {
    throw new RangeError(
      `${fitted.law.name} comes without a covariance, so that no interval runs through; fit it, or take chinchillaFigure4Fit`,
    );
  }
  const names = fitted.law.parameters.map(({ name }) => name);
  const laws = Array.from({ length: draws }, (_, k): LossLaw => {
    const theta = posterior.draw(new Random(seed, k));
    return Object.fromEntries(names.map((name, j) => [name, theta[j]!])) as unknown as LossLaw;
  });
  const rates = lifetimeRates(question, law);
  const rate = drawnRange("training.flopsPerHour", rates.flopsPerHour);
  const paid = drawnRange("training.usdPerHour", rates.trainingPrice);
  const rented = drawnRange("serving.usdPerHour", rates.servingPrice);
  const about = flops ?? (usd ?? 0) * (rate.value / paid.value);
  const curve = lifetimeCurve(question, laws, about);
  const asked = { flops, usd, loss, outputTokens: serving.outputTokens, curve };
  const centre: LifetimeInputs = {
    law,
    flopsPerHour: rate.value,
    trainingPrice: paid.value,
    servingPrice: rented.value,
    z: 0,
  };
  const inputs = laws.map((drawn, k): LifetimeInputs => {
    const random = new Random(seed, draws + k);
    const flopsPerHour = rate.draw(random);
    const z = random.normal();
    const trainingPrice = paid.draw(random);
    const servingPrice = rates.isOnePrice ? trainingPrice : rented.draw(random);
    return { law: drawn, flopsPerHour, trainingPrice, servingPrice, z };
  });
  const lifeOf = (one: LifetimeInputs): Life | undefined => {
    const optimal = optimalLife(one, asked);
    if (!optimal) return undefined;
    const { plan: best, by2N } = bestLife(one, asked, optimal.loss);
    return { inputs: one, loss: optimal.loss, optimal: optimal.plan, best, by2N };
  };
  const life = lifeOf(centre);
  if (!life)
    throw new RangeError(
      `no model reaches a loss of ${loss} nats under the law (E = ${law.E}); ask for a larger one`,
    );
  const lives = inputs.map(lifeOf).filter((one) => one !== undefined);
  const planned = (of: (life: Life) => number, unit: string, from: string): Planned => {
    const interval = percentileInterval(lives.map(of));
    return { value: of(life), unit, from, ...(interval[0] < interval[1] && { interval }), notes: [] };
  };
  const modelOf = (which: "optimal" | "best"): LifetimeOfModel => ({
    nParams: planned(
      (one) => one[which].nParams,
      "parameters",
      which === "best" ? "least dollars at equal loss" : fitted.law.name,
    ),
    nTokens: planned((one) => one[which].nTokens, "tokens", "training tokens that reach the loss"),
    trainingFlops: planned((one) => one[which].trainingFlops, "FLOPs", "6 N D"),
    trainingUsd: planned((one) => one[which].training, "US dollars", "FLOPs / rate x price of an hour"),
    servingUsd: planned(
      (one) => one[which].serving,
      "US dollars",
      "output tokens x device seconds of one x price",
    ),
    usd: planned((one) => one[which].total, "US dollars", "training and serving"),
  });
  const { gpus } = question.training;
  return {
    loss: planned((one) => one.loss, "nats per token", fitted.law.name),
    ...(gpus !== undefined && {
      days: planned(
        (one) => one.optimal.trainingFlops / one.inputs.flopsPerHour / gpus / 24,
        "days",
        `${gpus} accelerators`,
      ),
    }),
    usdPerMillionTokens: planned(
      ({ optimal, inputs: { z, servingPrice } }) =>
        (curve.deviceSecondsAt(optimal.nParams, z) * servingPrice * 1e6) / 3600,
      "US dollars",
      "the compute-optimal model, a million output tokens",
    ),
    computeOptimal: modelOf("optimal"),
    lifetimeOptimal: modelOf("best"),
    optimalBy2N: planned((one) => one.by2N, "parameters", "6 N D + 2 N a token served, in FLOPs"),
    moved: planned((one) => one.best.nParams / one.by2N, "1", "lifetime optimum over that by 2 N"),
    saved: planned(
      (one) => 1 - one.best.total / one.optimal.total,
      "1",
      "share of the compute-optimal model's dollars",
    ),
    causes: causesOf(centre, inputs, (one) => optimalLife(one, asked)?.plan.total),
    draws: lives.length,
    without: draws - lives.length,
    curve,
    assumptions: [
      ...new Set([
        ...beyondCurve(curve, "compute-optimal", life.optimal.nParams),
        ...beyondCurve(curve, "lifetime-optimal", life.best.nParams),
        ...rates.notes,
        ...curve.assumptions,
      ]),
    ],
  };
}

/** Says where a model's cost of serving is no size's that was served, but carried on. */
function beyondCurve({ sizes, unserved }: ServingCostCurve, which: string, nParams: number): string[] {
  const [least, most] = [sizes[0]!.nParams, sizes.at(-1)!.nParams];
  if (nParams >= least && nParams <= most) return [];
  const from = formatCount(nParams > most ? most : least);
  const lacking = unserved.find((one) => (nParams > most ? one.nParams > most : one.nParams < least));
  const why = lacking
    ? `nothing serves ${formatCount(lacking.nParams)}: ${lacking.reason}`
    : "no size beyond was tried";
  return [
    `the ${which} model of ${formatCount(nParams)} parameters costs to serve what the sizes up to ${from} do, carried on; ${why}`,
  ];
}

/** Shares of the variance of ln(dollars), each cause drawn while the others stand at their middle. */
function causesOf(
  centre: LifetimeInputs,
  inputs: readonly LifetimeInputs[],
  usdOf: (inputs: LifetimeInputs) => number | undefined,
): LifetimeAnswer["causes"] {
  const variance = (vary: (one: LifetimeInputs) => Partial<LifetimeInputs>) => {
    const logs: number[] = [];
    for (const one of inputs) {
      const usd = usdOf({ ...centre, ...vary(one) });
      if (usd !== undefined) logs.push(Math.log(usd));
    }
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    return logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  };
  const law = variance((one) => ({ law: one.law }));
  const trainingTime = variance(({ flopsPerHour }) => ({ flopsPerHour }));
  const servingSpeed = variance(({ z }) => ({ z }));
  const prices = variance(({ trainingPrice, servingPrice }) => ({ trainingPrice, servingPrice }));
  const all = law + trainingTime + servingSpeed + prices || 1;
  return {
    law: law / all,
    trainingTime: trainingTime / all,
    servingSpeed: servingSpeed / all,
    prices: prices / all,
  };
}
