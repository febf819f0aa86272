import type { TransformerShape } from "../../models/TransformerShape.ts";
import { findRoot } from "../../numerics/findRoot.ts";

/**
 * A dense decoder of about `params` parameters whose cost of serving rises evenly with its size: a width in steps of 128, a
 * layer for each, a feed-forward of 3.5 widths, query heads of 128 values by eights (about as wide as the model), eight
 * key-value heads at every size, and the vocabulary of Llama 3. `shapeOfSize` rounds to shapes people train, some of
 * which have as many key-value heads as query heads, so that a cost of serving would jump by a factor.
 */
export function servedShape(params: number): TransformerShape {
  const vocabSize = 128_256;
  const size = Math.max(params, 1e7);
  const ofWidth = (width: number) => 2 * vocabSize * width + (width / 128) * perLayer(width);
  const wanted = findRoot((width) => ofWidth(width) - size, 0, Math.cbrt(20 * size));
  const hiddenSize = Math.max(128, Math.round(wanted / 128) * 128);
  const nHeads = 8 * Math.max(1, Math.round(hiddenSize / 1024));
  const attention = { kind: "grouped", nHeads, nKvHeads: 8, headSize: 128 } as const;
  return {
    nLayers: hiddenSize / 128,
    hiddenSize,
    vocabSize,
    tiedEmbeddings: false,
    attention,
    ffnSize: 3.5 * hiddenSize,
    gated: true,
  };
}

/** Weights of a layer with query heads as wide as the model: queries and outputs, keys and values, feed-forward. */
const perLayer = (width: number) => (2 + 3 * 3.5) * width ** 2 + 2 * 8 * 128 * width;
