import { countParams } from "../../cost/arithmetic/countParams.ts";
import { forwardFlops } from "../../cost/arithmetic/forwardFlops.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A model of Hägele et al. and what training it on one sequence costs by their count. */
export interface HageleModel {
  readonly shape: TransformerShape;
  /** Parameters without the scales of the normalisations. */
  readonly nParams: number;
  /** FLOPs of training on one sequence of 512 tokens. */
  readonly flopsPerSequence: number;
}

const contextTokens = 512;

/**
 * The models that Hägele et al. trained to compare schedules: heads of 64, a gated feed-forward of 8/3 the width rounded up to
 * 256, GPT-2's vocabulary with one matrix for embedding and head, sequences of 512.
 *
 * Their FLOPs are three times those of a forward pass in which attention is not causal, the embedding look-up counts as a product
 * with its matrix and the softmax as 3 a score.
 *
 * Source: epfml/schedules-and-scaling at 17e78d6, flops.ipynb; Hägele et al. 2024 (arXiv:2405.18392).
 *
 * @param options width, a multiple of 64, and layers
 * @throws RangeError when they are no counts
 *
 * @example
 * import { hageleModel } from "isoflop";
 * hageleModel({ hiddenSize: 384, nLayers: 8 }).nParams; // => 33454464
 */
export function hageleModel(options: { readonly hiddenSize: number; readonly nLayers: number }): HageleModel {
  requireOptions("hageleModel", options, ["hiddenSize", "nLayers"]);
  const { hiddenSize, nLayers } = options;
  requireWhole("hiddenSize", hiddenSize, 64, "give a multiple of 64, such as 768");
  const nHeads = hiddenSize / 64;
  const shape: TransformerShape = {
    nLayers,
    hiddenSize,
    vocabSize: 50_257,
    tiedEmbeddings: true,
    attention: { kind: "grouped", nHeads, nKvHeads: nHeads, headSize: 64 },
    ffnSize: 256 * Math.ceil(Math.floor((8 * hiddenSize) / 3) / 256),
    gated: true,
  };
  const { total, norms } = countParams(shape);
  const forward = forwardFlops(shape, { newTokens: contextTokens, causal: false });
  const softmax = 3 * nLayers * nHeads * contextTokens ** 2;
  return { shape, nParams: total - norms, flopsPerSequence: 3 * (forward.total + forward.head + softmax) };
}
