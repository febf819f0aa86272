import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { accelerators } from "../../catalog/accelerators/accelerators.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { calibratedDifference } from "./calibratedDifference.ts";
import { checkServingQuestion } from "./checkServingQuestion.ts";
import { independentDifference } from "./differenceInterval.ts";
import { estimateCandidates, type OfferedSheet } from "./estimateCandidates.ts";
import {
  type DeviceRates,
  deviceRates,
  perToken,
  requestSeconds,
  timesNumber,
} from "./money/servingFigures.ts";
import type { ServingCandidate } from "./ServingCandidate.ts";
import type { ServingQuestion } from "./ServingQuestion.ts";
import type { FoundServing, ServingSearch } from "./ServingSearch.ts";
import { mostSimulated, withinLimits } from "./servingLimits.ts";
import { leastOfBoth, rateNeeded, type ServingRanking, servingRanking } from "./servingRanking.ts";
import { limitsNeverMet, nothingToServe } from "./servingRefusals.ts";

/**
 * The best way to serve a model on some cards: layout, instances, requests at once, tokens of a step, precision, and
 * whether prefill is split off, under limits on latency.
 *
 * Every combination is tried whose degrees divide the model and whose weights and cache fit the memory; each is estimated
 * by `estimateEngine`. A difference to the best that lies within its joint 80 % interval is marked as not distinguishable.
 * What fewer bits cost in quality is not counted.
 *
 * @throws RangeError on numbers outside their domain, an unknown accelerator or option; where nothing divides or fits
 *   (naming the bytes), nothing keeps up with the load, or nothing is within the limits (naming the nearest)
 * @example
 * import { modelNamed, searchServing } from "isoflop";
 * const found = searchServing(modelNamed("Llama-3.1-8B"), {
 *   offers: [{ accelerator: "h100-sxm", devices: 2 }], promptTokens: 1024, outputTokens: 128,
 *   objective: "usdPerMillionTokens", limits: { tpotS: 0.02 },
 * });
 * found.best.estimate.tpotS.value <= 0.02; // => true
 */
export function searchServing(shape: TransformerShape | Model, question: ServingQuestion): ServingSearch {
  const model = modelFromShape(shape);
  checkServingQuestion(question);
  if (model.layers.length === 0)
    throw new RangeError("the model must have layers to serve, got none; give a decoder");
  const { objective = "tokensPerSPerDevice", limits = {}, keep = 20, outputTokens } = question;
  const sheets = question.offers.map(({ accelerator }) => offered(accelerator));
  const priced = sheets.map(({ sheet }, i) => deviceRates(sheet, question.offers[i]!, question));
  const rates = priced.map((one) => one.rates);
  requireRates(objective, sheets, rates);
  const estimated = estimateCandidates(model, sheets, question);
  const { candidates, considered } = estimated;
  if (candidates.length === 0) throw nothingToServe(estimated, question);
  // Of an estimator of one's own nothing is known that two estimates share.
  const difference =
    question.differenceInterval ?? (question.estimator ? independentDifference : calibratedDifference());
  const ranking = servingRanking(objective, rates, difference);
  const sorted = candidates
    .map((one) => ({ one, cost: ranking.logCost(one) }))
    .sort((a, b) => a.cost - b.cost || a.one.bytesPerDevice - b.one.bytesPerDevice)
    .map(({ one }) => one);
  const { within, nearest, tried } = withinLimits(sorted, limits, keep);
  const best = within[0];
  if (!best) throw limitsNeverMet(nearest!, question, { fitting: candidates.length, tried });
  const found = finder(best, { ranking, rates, question });
  const bestFound = found(best);
  const isPriced = rates.every(({ usdPerS }) => usdPerS !== undefined);
  const deviceSeconds = ({ configuration, estimate }: ServingCandidate) =>
    (estimate.devices * (isPriced ? rates[configuration.offer]!.usdPerS!.value : 1)) /
    estimate.tokensPerS.value;
  return {
    considered,
    fitting: candidates.length,
    withinLimits: within.length,
    best: bestFound,
    ranking: within.slice(0, keep).map((one) => (one === best ? bestFound : found(one))),
    tied: within.filter((one) => ranking.isTied(one, best)).length,
    speedFront: leastOfBoth(
      candidates,
      ({ estimate }) => estimate.tpotS.value,
      ({ estimate }) => -estimate.tokensPerS.value / estimate.devices,
    ).map(found),
    costFront: leastOfBoth(
      candidates,
      ({ estimate }) => estimate.ttftS.value + (outputTokens - 1) * estimate.tpotS.value,
      deviceSeconds,
    ).map(found),
    assumptions: [
      ...new Set([
        ...priced.flatMap(({ notes }) => notes),
        ...best.estimate.assumptions,
        "a request holds its prompt and half of its answer in the cache, with two standard deviations of all requests at once",
        "what fewer bits cost in quality is not counted",
        ...(limits.percentiles
          ? [
              `percentiles were simulated of ${tried}, the best by their means first, ${mostSimulated} at most`,
            ]
          : []),
        ...(estimated.refused > 0
          ? [`${estimated.refused} configurations were not estimated: ${estimated.firstRefusal}`]
          : []),
        ...(estimated.overloaded > 0 ? [`${estimated.overloaded} cannot keep up with the load`] : []),
      ]),
    ],
  };
}

function offered(given: string | CatalogAccelerator): OfferedSheet {
  const sheet = readAccelerator(given);
  if (!("peaks" in sheet)) {
    throw new RangeError(
      `${sheet.name} must be a sheet of the catalogue with peaks by format; give one of accelerators`,
    );
  }
  const key = Object.entries(accelerators).find(([, one]) => one === sheet)?.[0];
  return { sheet, key: key ?? sheet.name };
}

function requireRates(
  objective: NonNullable<ServingQuestion["objective"]>,
  sheets: readonly OfferedSheet[],
  rates: readonly DeviceRates[],
): void {
  const rate = rateNeeded(objective);
  if (!rate) return;
  for (const [i, { sheet }] of sheets.entries()) {
    if (rates[i]![rate] !== undefined) continue;
    const way = rate === "usdPerS" ? "price; give usdPerHour" : "board power; give wattsPerDevice";
    throw new RangeError(
      `${objective} needs what the catalogue has not of ${sheet.name}: a ${way} in its offer`,
    );
  }
}

/** Says of a candidate all that is reported, beside the best. */
function finder(
  best: ServingCandidate,
  by: {
    readonly ranking: ServingRanking;
    readonly rates: readonly DeviceRates[];
    readonly question: ServingQuestion;
  },
): (one: ServingCandidate) => FoundServing {
  const { ranking, rates, question } = by;
  return (one) => {
    const { scenario, estimate, configuration, bytesPerDevice } = one;
    const { usdPerS, watts, kgCo2ePerS } = rates[configuration.offer]!;
    const { log, interval } = ranking.against(one, best);
    return {
      scenario,
      estimate,
      acceleratorKey: scenario.acceleratorKey,
      devices: estimate.devices,
      idleDevices: question.offers[configuration.offer]!.devices - estimate.devices,
      bytesPerDevice,
      tokensPerSPerDevice: timesNumber(estimate.tokensPerS, 1 / estimate.devices),
      requestS: requestSeconds(estimate, question.outputTokens),
      ...(usdPerS && { usdPerMillionTokens: perToken(estimate, usdPerS, 1e6) }),
      ...(watts && { joulesPerToken: perToken(estimate, watts, 1) }),
      ...(kgCo2ePerS && { kgCo2ePerMillionTokens: perToken(estimate, kgCo2ePerS, 1e6) }),
      ratio: Math.exp(log),
      ratioInterval: [Math.exp(interval[0]), Math.exp(interval[1])],
      notDistinguishable: ranking.isTied(one, best),
    };
  };
}
