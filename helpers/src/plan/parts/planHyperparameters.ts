import { rangeNote } from "../../format/rangeNote.ts";
import { stepLawLearningRate } from "../../training/hyperparameters/publishedHyperparameters.ts";
import { stepLaw } from "../../training/hyperparameters/stepLaw.ts";
import type { TrainingPlan } from "../TrainingPlan.ts";
import type { PlanContext } from "./PlanContext.ts";

/** Learning rate, batch and steps of a plan, for a model of so many parameters outside the vocabulary. */
export function planHyperparameters(
  { settled: { chosen } }: PlanContext,
  nonEmbedding: number,
): Pick<TrainingPlan, "learningRate" | "batchTokens" | "steps"> {
  const nTokens = Math.exp(chosen.logD);
  const { learningRate, batchTokens } = stepLaw({ nParams: nonEmbedding, nTokens });
  const { fitted, source: from } = stepLawLearningRate;
  const notes = [
    rangeNote("nParams", nonEmbedding, fitted.nParams!),
    rangeNote("nTokens", nTokens, fitted.nTokens!),
  ].filter((note) => note !== undefined);
  return {
    learningRate: { value: learningRate, unit: "peak, AdamW", from, notes },
    batchTokens: { value: batchTokens, unit: "tokens", from, notes },
    steps: { value: nTokens / batchTokens, unit: "optimizer steps", from: "tokens over batch", notes: [] },
  };
}
