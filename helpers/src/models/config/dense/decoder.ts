import type { AttentionBlock, AttentionSpan } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { FeedForwardBlock } from "../../blocks/FeedForward.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import { alike } from "../alike.ts";
import type { ReadModel } from "../ConfigReader.ts";
import type { Heads } from "../heads.ts";

/** What sets one decoder apart from another, besides the blocks of its layers. */
export interface DecoderParts {
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly maxTokens?: number;
  /** Width of token table and head, where it is not that of the layers (OPT-350M). */
  readonly tableWidth?: number;
  /** After the token table: positions, a norm. */
  readonly afterTable?: readonly Block[];
  /** The blocks of each layer; those alike should be the same objects. */
  readonly layers: readonly (readonly Block[])[];
  /** Between the last layer and the head. */
  readonly beforeHead: readonly Block[];
  readonly tied: boolean;
  readonly headBias?: boolean;
}

/** A decoder of one stack: token table, layers, norm, head. */
export function decoder(parts: DecoderParts): ReadModel {
  const { hiddenSize, vocabSize, maxTokens, tableWidth = hiddenSize, afterTable = [], layers } = parts;
  return {
    hiddenSize,
    vocabSize,
    ...(maxTokens !== undefined && { maxTokens }),
    input: [{ kind: "token-table", rows: vocabSize, width: tableWidth }, ...afterTable],
    layers: alike(layers.length, (i) => layers[i]!),
    output: [
      ...parts.beforeHead,
      {
        kind: "head",
        rows: vocabSize,
        width: tableWidth,
        tied: parts.tied,
        ...(parts.headBias && { bias: true }),
      },
    ],
    towers: [],
    prediction: [],
  };
}

/** RMSNorm of a width: a weight. */
export const rmsNorm = (size: number): NormBlock => ({ kind: "norm", size });

/** LayerNorm of a width: a weight and a bias. */
export const layerNorm = (size: number): NormBlock => ({ kind: "norm", size, bias: true });

/** What a layer with two matrices of feed-forward needs to be known of. */
export interface TwoMatrixLayer {
  readonly hiddenSize: number;
  readonly heads: Heads;
  /** Inner width of the feed-forward. */
  readonly inner: number;
  readonly biases: { readonly qkv: boolean; readonly output: boolean; readonly inner: boolean };
  /** Default everything. */
  readonly span?: AttentionSpan;
}

/** Attention and feed-forward as decoders before Llama have them: two matrices, biases by place. */
export function twoMatrixLayer(layer: TwoMatrixLayer): {
  attention: AttentionBlock;
  inner: FeedForwardBlock;
} {
  const { hiddenSize: inputSize, heads, inner, biases, span = { kind: "full" } } = layer;
  const { qkv, output } = biases;
  return {
    attention: {
      kind: "attention",
      inputSize,
      ...heads,
      span,
      biases: { query: qkv, key: qkv, value: qkv, output },
    },
    inner: {
      kind: "feed-forward",
      inputSize,
      size: inner,
      matrices: 2,
      biases: { up: biases.inner, down: biases.inner },
    },
  };
}
