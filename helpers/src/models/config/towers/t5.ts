import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { Layer } from "../../Model.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { full } from "../pieces/spans.ts";

interface T5Standards {
  readonly vocab: number;
  readonly size: number;
  readonly layers: number;
  readonly heads: number;
  readonly activation: string;
  readonly tied: boolean;
  /** Whether each layer has biases by distance, and not the first of a stack alone. */
  readonly biasEachLayer: boolean;
}

/** T5 and FLAN-T5. */
export function t5(keys: ConfigKeys): ReadModel {
  return t5By(keys, {
    vocab: 32128,
    size: 2048,
    layers: 6,
    heads: 8,
    activation: "relu",
    tied: true,
    biasEachLayer: false,
  });
}

const multilingual = {
  vocab: 250112,
  size: 1024,
  layers: 8,
  heads: 6,
  activation: "gated-gelu",
  tied: false,
};

/** mT5. */
export function mt5(keys: ConfigKeys): ReadModel {
  return t5By(keys, { ...multilingual, biasEachLayer: false });
}

/** umT5, with biases by distance in every layer. */
export function umt5(keys: ConfigKeys): ReadModel {
  return t5By(keys, { ...multilingual, biasEachLayer: true });
}

/** One table for both stacks; biases by distance in place of positions; the decoder reads the encoder in each layer. */
function t5By(keys: ConfigKeys, standard: T5Standards): ReadModel {
  const width = keys.whole("d_model", 512);
  const rows = keys.whole("vocab_size", standard.vocab);
  const nHeads = keys.whole("num_heads", standard.heads);
  const buckets = keys.whole("relative_attention_num_buckets", 32);
  const norm: Block = { kind: "norm", size: width };
  const attention: AttentionBlock = {
    kind: "attention",
    inputSize: width,
    nHeads,
    nKvHeads: nHeads,
    keySize: keys.whole("d_kv", 64),
    span: full,
  };
  const named = keys.text("feed_forward_proj", standard.activation).startsWith("gated-");
  const gated = keys.flag("is_gated_act", named);
  const size = keys.whole("d_ff", standard.size);
  const inner: Block = { kind: "feed-forward", inputSize: width, size, matrices: gated ? 3 : 2 };
  const cross: Block = { ...attention, cross: true };
  const seeing = selfAttention({ ...attention, causal: false }, buckets, standard.biasEachLayer);
  const writing = selfAttention(attention, buckets, standard.biasEachLayer);
  const encoding = (count: number): Layer[] => alike(count, (i) => [norm, seeing(i), norm, inner]);
  const decoding = (count: number): Layer[] =>
    alike(count, (i) => [norm, writing(i), norm, cross, norm, inner]);
  const count = keys.whole("num_layers", standard.layers);
  const tied = keys.flag("tie_word_embeddings", standard.tied);
  keys.ignore("relative_attention_max_distance", "n_positions", "num_hidden_layers");
  keys.ignore("hidden_size", "num_attention_heads", "head_dim", "scale_decoder_outputs", "output_past");
  return {
    hiddenSize: width,
    vocabSize: rows,
    input: [{ kind: "token-table", rows, width }],
    layers: decoding(keys.whole("num_decoder_layers", count)),
    output: [norm, { kind: "head", rows, width, tied }],
    towers: [{ role: "encoder", input: [], layers: encoding(count), output: [norm] }],
    prediction: [],
  };
}

/** Self-attention of each layer of a stack; the first one, or every one, holds the biases by distance. */
function selfAttention(
  attention: AttentionBlock,
  relativeBuckets: number,
  eachLayer: boolean,
): (index: number) => Block {
  const biasing: Block = { ...attention, relativeBuckets };
  return (i) => (i === 0 || eachLayer ? biasing : attention);
}
