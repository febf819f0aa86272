import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { readAccelerator } from "../../catalog/accelerators/readAccelerator.ts";
import type { Ranged } from "../../cost/run/Ranged.ts";
import { readRanged } from "../../cost/run/Ranged.ts";
import type { LossLaw } from "../../inference/lifetime/lifetimeOptimum.ts";
import { expectedRate } from "../budget/expectedRate.ts";
import type { LifetimeQuestion } from "./LifetimeQuestion.ts";
import { optimalParams, paramsForLoss } from "./lossPlans.ts";
import { type ServingCostCurve, servingCostCurve } from "./servingCostCurve.ts";

/** Rates and prices of a lifetime, with their ranges. */
export interface LifetimeRates {
  readonly flopsPerHour: Ranged;
  readonly trainingPrice: Ranged;
  readonly servingPrice: Ranged;
  /** Whether one price is both: then it is drawn once. */
  readonly isOnePrice: boolean;
  readonly notes: readonly string[];
}

/** Prices, and the FLOPs an accelerator hour of a run of about the size that is asked for. */
export function lifetimeRates(question: LifetimeQuestion, law: LossLaw): LifetimeRates {
  const { training, serving } = question;
  const sheet = readAccelerator(training.accelerator) as CatalogAccelerator;
  const notes: string[] = [];
  const trainingPrice = training.usdPerHour ?? cataloguePrice(sheet, "training.usdPerHour", notes);
  const offer = isCurve(serving.cost) ? undefined : serving.cost.serving?.offers?.[0];
  const given = serving.usdPerHour ?? offer?.usdPerHour;
  const served = offer ? (readAccelerator(offer.accelerator) as CatalogAccelerator) : undefined;
  const isOnePrice = given === undefined && (served === undefined || served === sheet);
  const servingPrice =
    given ?? (isOnePrice ? trainingPrice : cataloguePrice(served!, "serving.usdPerHour", notes));
  if (isOnePrice) notes.push("training and serving pay the same price, which is drawn once");
  return {
    flopsPerHour: rateOf(question, law, trainingPrice, notes),
    trainingPrice,
    servingPrice,
    isOnePrice,
    notes,
  };
}

function cataloguePrice(sheet: CatalogAccelerator, name: string, notes: string[]): Ranged {
  const range = sheet.usdPerHour;
  if (!range) throw new RangeError(`the catalogue has no price of ${sheet.name}; give ${name}`);
  notes.push(
    `${sheet.name}: ${range.low} to ${range.high} US dollars an hour on ${range.asOf}, ${range.from}`,
  );
  return [range.low, range.high];
}

function rateOf(question: LifetimeQuestion, law: LossLaw, price: Ranged, notes: string[]): Ranged {
  const { training, usd, loss } = question;
  if (training.flopsPerHour !== undefined) return training.flopsPerHour;
  const sheet = readAccelerator(training.accelerator);
  if (!("peaks" in sheet)) {
    throw new RangeError(
      `${sheet.name} is not in the catalogue and cannot be timed; give training.flopsPerHour`,
    );
  }
  const format = training.precision ?? (sheet.peaks.bf16 === undefined ? "fp16" : "bf16");
  // About the compute that is asked for: the rate moves slowly with it.
  const hours = usd && usd / readRanged("training.usdPerHour", price).value;
  const usual = hours && hours * 3600 * 0.4 * sheet.peakFlopsPerS[16];
  const flops = question.flops ?? usual ?? flopsForLoss(law, loss!);
  const rate = expectedRate({ flops, accelerator: sheet, gpus: training.gpus, days: training.days, format });
  if (!rate) {
    throw new RangeError(
      `no layout fits a model of this size on ${training.gpus} of ${sheet.name}; give more gpus`,
    );
  }
  notes.push(`training: ${rate.from}`, ...rate.notes);
  return { value: rate.value, interval: rate.interval! };
}

function flopsForLoss(law: LossLaw, loss: number): number {
  const nParams = paramsForLoss(law, loss);
  const ofTokens = loss - law.E - law.A * nParams ** -law.alpha;
  const flops = 6 * nParams * (law.B / ofTokens) ** (1 / law.beta);
  if (flops > 0 && Number.isFinite(flops)) return flops;
  throw new RangeError(`loss must exceed the irreducible ${law.E} nats, got ${loss}; ask for a larger one`);
}

/** The curve that was given, or one over the sizes that plans under any of the laws have. */
export function lifetimeCurve(
  question: LifetimeQuestion,
  laws: readonly LossLaw[],
  flops: number,
): ServingCostCurve {
  const { cost } = question.serving;
  if (isCurve(cost)) return cost;
  const sizes = laws
    .map((law) =>
      question.loss === undefined ? optimalParams(law, flops) : paramsForLoss(law, question.loss),
    )
    .filter((size) => size > 0 && Number.isFinite(size))
    .sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor(share * (sizes.length - 1))]!;
  // The smallest model that reaches a loss has about a tenth of the compute-optimal parameters; none is larger than it.
  return servingCostCurve({ ...cost, sizes: cost.sizes ?? [0.1 * at(0.01), 1.5 * at(0.99)] });
}

const isCurve = (cost: LifetimeQuestion["serving"]["cost"]): cost is ServingCostCurve =>
  "deviceSecondsAt" in cost;
