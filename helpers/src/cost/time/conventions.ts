import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { countParams } from "../arithmetic/countParams.ts";
import { attentionFlops, modelWork } from "./modelWork.ts";

/** Ways to count the FLOPs of training, see `modelFlopsPerToken`. */
export const mfuConventions = ["causal", "full", "6nd", "llm-foundry"] as const;

/** How the FLOPs of a model are counted, where a utilisation is a share of a peak. */
export type MfuConvention = (typeof mfuConventions)[number];

/** What a count goes over. */
export interface CountedTokens {
  /** Tokens of a sequence. */
  readonly sequenceTokens: number;
  /** Default "causal". */
  readonly convention?: MfuConvention;
  /** Parameters to use for 6N where a source states others than the model's. */
  readonly params?: number;
  /** Count prediction modules as well. Default false. */
  readonly withPrediction?: boolean;
  /** Only adapters are trained: no gradients of the other weights are needed, two passes of products. Default false. */
  readonly frozen?: boolean;
}

/**
 * FLOPs that a model needs for each trained token, forward and backward, whatever is computed again:
 *
 * | convention | FLOPs a token | used by |
 * |---|---|---|
 * | `causal` | 3 · forward, attention over the pairs a token can see | Megatron-Bridge ("model TFLOP/s"), up to .5 % |
 * | `full` | 3 · forward, attention over all pairs of the sequence | PaLM, Megatron-LM (72BsLh²(1 + s/6h + V/12hL)), MaxText |
 * | `6nd` | 6 · active parameters, no attention | scaling laws |
 * | `llm-foundry` | 6N + 12·L·d·s with all parameters N, tables included | llm-foundry's tables |
 *
 * Forward: 2 FLOPs a weight that a token passes, head included, table look-ups left out. With `frozen` weights (LoRA), two
 * thirds of the products' FLOPs, as Megatron-Bridge counts; adapters themselves are left out.
 *
 * Sources: Chowdhery et al. 2022 (arXiv 2204.02311), appendix B; Korthikanti et al. 2022 (arXiv 2205.05198), appendix A;
 * llm-foundry, scripts/train/benchmarking/collect_results.py; Megatron-Bridge, training/utils/flop_utils.py.
 *
 * @throws RangeError on lengths that are not positive, or an unknown convention
 * @example
 * import { modelFlopsPerToken, modelShape } from "isoflop";
 * const llama = modelShape("Llama-3-8B");
 * (modelFlopsPerToken(llama, { sequenceTokens: 8192 }) / 1e9).toFixed(2); // => "51.47"
 * (modelFlopsPerToken(llama, { sequenceTokens: 8192, convention: "full" }) / 1e9).toFixed(2); // => "57.91"
 */
export function modelFlopsPerToken(shape: TransformerShape | Model, counted: CountedTokens): number {
  requireOptions("modelFlopsPerToken", counted, [
    "sequenceTokens",
    "convention",
    "params",
    "withPrediction",
    "frozen",
  ]);
  const { sequenceTokens, convention = "causal", withPrediction = false, frozen = false } = counted;
  requireAbove("sequenceTokens", sequenceTokens, 0, "give the tokens of a sequence, such as 8192");
  requireOneOf("convention", convention, mfuConventions);
  if (counted.params !== undefined)
    requireAbove("params", counted.params, 0, "leave it out for the model's own");
  const model = modelFromShape(shape);
  const passes = frozen ? 2 : 3;
  if (convention === "6nd") return 2 * passes * (counted.params ?? countParams(model).active);
  if (convention === "llm-foundry") {
    const params = counted.params ?? countParams(model).total;
    return 2 * passes * params + 12 * model.layers.length * model.hiddenSize * sequenceTokens;
  }
  const work = modelWork(model, withPrediction);
  const products = work.denseFlops + work.expertFlops + work.headFlops;
  return passes * products + 3 * attentionFlops(work, sequenceTokens, convention === "causal");
}
