import type { AttentionBlock, AttentionSpan } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { FeedForwardBlock } from "../../blocks/FeedForward.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { type HeadKeys, type Heads, readHeads } from "../heads.ts";
import { readSpans } from "../spans.ts";
import { decoder, rmsNorm } from "./decoder.ts";

/** What a class takes for the keys that a configuration leaves out. */
export interface Standard {
  readonly hidden: number;
  readonly inner: number;
  readonly layers: number;
  readonly heads: number;
  /** Left out: as many as heads. */
  readonly kvHeads?: number;
  /** Left out: the hidden size by the heads. */
  readonly headSize?: number;
  readonly vocab: number;
  readonly tokens: number;
  readonly tied?: boolean;
}

/** What sets a family apart among decoders with rotary positions and the key names of Llama. */
export interface RotaryFamily {
  readonly standard: Standard;
  readonly biases?: {
    readonly qkv?: boolean;
    readonly output?: boolean;
    readonly feedForward?: boolean;
    readonly head?: boolean;
  };
  /** Default RMSNorm. */
  readonly norm?: (size: number) => NormBlock;
  /** Norms of a layer: before attention and feed-forward ("before", default), behind both, on both sides, or one for both. */
  readonly norms?: "before" | "behind" | "both sides" | "one";
  /** Default 3, with a gate. */
  readonly matrices?: 2 | 3;
  readonly attention?: (heads: Heads) => Partial<AttentionBlock>;
  readonly feedForward?: (block: FeedForwardBlock) => readonly Block[];
  readonly spans?: (nLayers: number) => readonly AttentionSpan[];
  /** Names of the head keys, where they are not those of Llama. */
  readonly headKeys?: Partial<HeadKeys>;
  readonly innerSize?: (hiddenSize: number) => number;
  readonly layerKeys?: string | readonly string[];
}

/** Reads a family that is built like Llama but for what `family` says. */
export function rotary(keys: ConfigKeys, family: RotaryFamily): ReadModel {
  const { standard, biases = {}, norm: normOf = rmsNorm, norms = "before", matrices = 3 } = family;
  const hiddenSize = keys.whole("hidden_size", standard.hidden);
  const nLayers = keys.whole(family.layerKeys ?? "num_hidden_layers", standard.layers);
  const heads = readHeads(keys, {
    hiddenSize,
    standardHeads: standard.heads,
    standardKvHeads: standard.kvHeads,
    standardHeadSize: standard.headSize,
    ...family.headKeys,
  });
  const { qkv = false, output = false, feedForward: inner = false } = biases;
  const attend = (span: AttentionSpan): AttentionBlock => ({
    kind: "attention",
    inputSize: hiddenSize,
    ...heads,
    span,
    ...((qkv || output) && { biases: { query: qkv, key: qkv, value: qkv, output } }),
    ...family.attention?.(heads),
  });
  const feedForward: FeedForwardBlock = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: family.innerSize?.(hiddenSize) ?? keys.whole("intermediate_size", standard.inner),
    matrices,
    ...(inner && { biases: { up: true, down: true } }),
  };
  const innerBlocks = family.feedForward?.(feedForward) ?? [feedForward];
  const norm = normOf(hiddenSize);
  const known = new Map<AttentionSpan, Block>();
  const spans = family.spans?.(nLayers) ?? readSpans(keys, nLayers, undefined);
  const layers = spans.map((span) => {
    const attention = known.get(span) ?? attend(span);
    known.set(span, attention);
    return arrange(norms, norm, attention, innerBlocks);
  });
  const maxTokens = keys.whole("max_position_embeddings", standard.tokens);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", standard.vocab),
    maxTokens,
    layers,
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", standard.tied ?? false),
    ...(biases.head && { headBias: true }),
  });
}

function arrange(
  norms: NonNullable<RotaryFamily["norms"]>,
  norm: Block,
  attention: Block,
  inner: readonly Block[],
): Block[] {
  switch (norms) {
    case "before":
      return [norm, attention, norm, ...inner];
    case "behind":
      return [attention, norm, ...inner, norm];
    case "both sides":
      return [norm, attention, norm, norm, ...inner, norm];
    case "one":
      return [norm, attention, ...inner];
  }
}

/** Norms of a head's queries and keys, one weight vector for all heads. */
export const perHead = ({ keySize }: Heads): Partial<AttentionBlock> => ({
  queryNorm: rmsNorm(keySize),
  keyNorm: rmsNorm(keySize),
});

/** Norms of queries and keys, of all heads together. */
export const overHeads = ({ nHeads, nKvHeads, keySize }: Heads): Partial<AttentionBlock> => ({
  queryNorm: rmsNorm(nHeads * keySize),
  keyNorm: rmsNorm(nKvHeads * keySize),
});
