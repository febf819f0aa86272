import type { Model } from "../../models/Model.ts";
import { type CountedTokens, modelFlopsPerToken } from "./conventions.ts";
import { attentionFlops, modelWork } from "./modelWork.ts";
import type { TimedLayout } from "./stepParts.ts";

/**
 * FLOPs that are computed for each token, what is done again included: a fourth forward pass where everything is recomputed
 * (as llm-foundry and Korthikanti et al. 2022 count), that of attention where only its core is; without the gradients of
 * weights that are frozen.
 */
export function hardwareFlopsPerToken(model: Model, layout: TimedLayout, counted: CountedTokens): number {
  const done = modelFlopsPerToken(model, counted);
  if (layout.recompute === "full") return done + modelFlopsPerToken(model, { ...counted, frozen: false }) / 3;
  if (layout.recompute === "none") return done;
  const work = modelWork(model, counted.withPrediction ?? false);
  return done + attentionFlops(work, counted.sequenceTokens, counted.convention === "causal");
}
