import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type MoeGeometry, settleGeometry } from "./moeParams.ts";

/** What the geometry of the blocks leaves open. */
export interface MoeShapeOptions {
  /** Default 32000. */
  readonly vocabSize?: number;
  /** Whether the output head is the embedding matrix. Default false. */
  readonly tiedEmbeddings?: boolean;
  /** Width of an attention head; must divide dModel. Default 64. */
  readonly headSize?: number;
}

/**
 * A mixture's geometry as the shape that the cost helpers take: `countParams`, `weightBytes`, `forwardFlops`, `kvCacheBytes`,
 * `estimateServing`. Layers without experts come first; attention has as many key and value heads as query heads.
 *
 * @throws RangeError unless layers, width, heads, experts and their width come out as whole numbers
 * @example
 * import { countParams, moeParams, moeShape } from "isoflop";
 * const geometry = { dModel: 1024, nLayers: 16, experts: 64, granularity: 4 };
 * const count = countParams(moeShape(geometry));
 * count.attention + count.feedForward === moeParams(geometry).total + moeParams(geometry).router; // => true
 */
export function moeShape(geometry: MoeGeometry, options: MoeShapeOptions = {}): TransformerShape {
  requireOptions("moeShape", options, ["vocabSize", "tiedEmbeddings", "headSize"]);
  const { vocabSize = 32_000, tiedEmbeddings = false, headSize = 64 } = options;
  requireWhole("vocabSize", vocabSize, 1, "32000 is usual");
  requireWhole("headSize", headSize, 1, "64 is usual");
  const settled = settleGeometry(geometry);
  const { dModel, nLayers, experts, granularity, expertsPerToken, matrices, routed } = settled;
  const ffnSize = dModel * settled.ffnRatio;
  const whole = {
    nLayers,
    dModel,
    heads: dModel / headSize,
    "layers with experts": routed,
    "experts a layer": experts * granularity,
    "experts a token": expertsPerToken,
    "width of an expert": ffnSize / granularity,
  };
  for (const [name, value] of Object.entries(whole)) {
    requireWhole(name, value, 0, "round the geometry first");
  }
  return {
    nLayers,
    hiddenSize: dModel,
    vocabSize,
    tiedEmbeddings,
    attention: { kind: "grouped", nHeads: dModel / headSize, nKvHeads: dModel / headSize, headSize },
    ffnSize,
    gated: matrices === 3,
    ...(experts > 1 && {
      experts: {
        nExperts: experts * granularity,
        expertsPerToken,
        expertSize: ffnSize / granularity,
        sharedSize: (settled.sharedExperts * ffnSize) / granularity,
        denseLayers: nLayers - routed,
      },
    }),
  };
}
