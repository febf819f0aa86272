import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { Ranged } from "../../cost/run/Ranged.ts";
import type { ProductFormat } from "../../cost/time/machineRates.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";
import {
  refusal,
  requireNonNegative,
  requirePositive,
  requireWhole,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ServingCostCurve, ServingCurveQuestion } from "./servingCostCurve.ts";

/** Where a model is trained. */
export interface LifetimeTraining {
  readonly accelerator: string | CatalogAccelerator;
  /** Default as many as end in about `days` (60). */
  readonly gpus?: number;
  readonly days?: number;
  readonly precision?: ProductFormat;
  /** US dollars an accelerator hour; default the dated range of the catalogue. */
  readonly usdPerHour?: Ranged;
  /** FLOPs (6 N D) an accelerator hour, downtime counted; default the calibrated time of a run of this size. */
  readonly flopsPerHour?: Ranged;
}

/** Where it is served, for how many tokens. */
export interface LifetimeServing {
  /** Output tokens of the model's life; the prompts before them are in their cost. */
  readonly outputTokens: number;
  /** What serving costs by size: a curve, or the question for one (its sizes default to what the plans need). */
  readonly cost:
    | ServingCostCurve
    | (Omit<ServingCurveQuestion, "sizes"> & Partial<Pick<ServingCurveQuestion, "sizes">>);
  /** US dollars an accelerator hour; default the offer's, else the dated range of the catalogue. */
  readonly usdPerHour?: Ranged;
}

/** From a budget or a loss to the dollars of a model's life. */
export interface LifetimeQuestion {
  /** Training compute, or US dollars for training, or the loss to reach: one of them. */
  readonly flops?: number;
  readonly usd?: number;
  readonly loss?: number;
  /** A fit of `chinchilla`, or constants with a covariance. Default `chinchillaFigure4Fit`. */
  readonly law?: FittedLaw;
  readonly training: LifetimeTraining;
  readonly serving: LifetimeServing;
  /** Draws of everything together. Default 1,000. */
  readonly draws?: number;
  /** Default 42. */
  readonly seed?: number;
}

/** Throws where a question of `lifetimeCost` cannot be meant. */
export function checkLifetimeQuestion(question: LifetimeQuestion): void {
  requireOptions("lifetimeCost", question, [
    "flops",
    "usd",
    "loss",
    "law",
    "training",
    "serving",
    "draws",
    "seed",
  ]);
  const { flops, usd, loss, training, serving, draws, seed } = question;
  const given = [flops, usd, loss].filter((one) => one !== undefined).length;
  if (given !== 1) {
    throw new RangeError(
      `give one of flops, usd and loss, got ${given} of them; it says what the training is to reach`,
    );
  }
  if (flops !== undefined) requirePositive("flops", flops, "give a budget, such as 1e23");
  if (usd !== undefined) requirePositive("usd", usd, "give US dollars for training, such as 2e6");
  if (loss !== undefined) requirePositive("loss", loss, "give nats per token");
  const ofTraining = ["accelerator", "gpus", "days", "precision", "usdPerHour", "flopsPerHour"] as const;
  requireOptions("training", training, ofTraining);
  if (training.gpus !== undefined) requireWhole("training.gpus", training.gpus, 1, "give accelerators");
  if (training.days !== undefined) requirePositive("training.days", training.days, "give days, such as 60");
  requireOptions("serving", serving, ["outputTokens", "cost", "usdPerHour"]);
  requireNonNegative(
    "serving.outputTokens",
    serving.outputTokens,
    "give the tokens of its life, such as 1e13",
  );
  if (serving.cost === null || typeof serving.cost !== "object") {
    throw refusal(
      "serving.cost",
      "must be a curve or the question for one",
      serving.cost,
      "see servingCostCurve",
    );
  }
  if (draws !== undefined) requireWholeBetween("draws", draws, 100, 1e5, "1000 is usual");
  if (seed !== undefined && !Number.isFinite(seed)) {
    throw refusal("seed", "must be a finite number", seed, "42 is usual");
  }
}
