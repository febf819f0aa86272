import type { Model } from "../../models/Model.ts";
import { type CountedTokens, modelFlopsPerToken } from "./conventions.ts";
import { attentionFlops, modelWork } from "./modelWork.ts";
import type { TimedLayout } from "./stepParts.ts";

/**
 * FLOPs that are computed for each token, what is done again included: a fourth forward pass where everything is recomputed
 * (as llm-foundry and Korthikanti et al. 2022 count), that of attention where only its core is; without the gradients of
 * weights that are frozen.
 */
export function hardwareFlopsPerToken(
  model: Model,
  layout: TimedLayout,
  counted: CountedTokens & { readonly frozen: boolean },
): number {
  const { frozen, ...rest } = counted;
  const flops = modelFlopsPerToken(model, rest);
  const done = frozen ? (2 * flops) / 3 : flops;
  if (layout.recompute === "full") return done + flops / 3;
  if (layout.recompute === "none") return done;
  const work = modelWork(model, rest.withPrediction ?? false);
  return done + attentionFlops(work, rest.sequenceTokens, rest.convention === "causal");
}
