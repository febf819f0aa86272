import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { readSpans } from "../spans.ts";
import { decoder, layerNorm } from "./decoder.ts";
import { windowOf } from "./llama.ts";
import { rotary } from "./rotary.ts";

/** Phi 1, 1.5 and 2, also under the key names of their first release: one norm a layer, biases everywhere. */
export function phi(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole(["hidden_size", "n_embd"], 2048);
  const heads = readHeads(keys, {
    hiddenSize,
    heads: ["num_attention_heads", "n_head"],
    standardHeads: 32,
    kvHeads: ["num_key_value_heads", "n_head_kv"],
  });
  const headNorm = layerNorm(hiddenSize / heads.nHeads);
  const norm = layerNorm(hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    ...heads,
    span: { kind: "full" },
    biases: { query: true, key: true, value: true, output: true },
    ...(keys.flag("qk_layernorm", false) && { queryNorm: headNorm, keyNorm: headNorm }),
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: innerSize(keys, hiddenSize),
    matrices: 2,
    biases: { up: true, down: true },
  };
  const nLayers = keys.whole(["num_hidden_layers", "n_layer"], 24);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 51200),
    maxTokens: keys.whole(["max_position_embeddings", "n_positions"], 2048),
    layers: Array(nLayers).fill([norm, attention, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", false),
    headBias: true,
  });
}

/** The first release writes n_inner, and null where it is four times the hidden size. */
function innerSize(keys: ConfigKeys, hiddenSize: number): number {
  const isFirst = keys.has("n_embd");
  return keys.whole(["intermediate_size", "n_inner"], isFirst ? 4 * hiddenSize : 8192);
}

/** Phi 3, 3.5 and 4, their text models. */
export function phi3(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: { hidden: 3072, inner: 8192, layers: 32, heads: 32, vocab: 32064, tokens: 4096 },
    spans: (nLayers) => readSpans(keys, nLayers, windowOf(keys)),
  });
}

/** Phi-3-small: LayerNorm, biases everywhere but at the head, tied; its sparse attention has no weights. */
export function phi3Small(keys: ConfigKeys): ReadModel {
  keys.ignore("attention_bias", "blocksparse_block_size", "blocksparse_num_local_blocks");
  keys.ignore("blocksparse_triton_kernel_block_size", "dense_attention_every_n_layers");
  keys.ignore("blocksparse_homo_head_pattern");
  const model = rotary(keys, {
    standard: {
      ...{ hidden: 4096, inner: 14336, layers: 32, heads: 32, kvHeads: 8, vocab: 100352 },
      ...{ tokens: 8192, tied: true },
    },
    biases: { qkv: true, output: true, feedForward: true },
    norm: layerNorm,
    innerSize: () => keys.whole("ff_intermediate_size", 14336),
  });
  if (keys.has("ff_dim_multiplier")) {
    throw new RangeError("ff_dim_multiplier is not counted; give ff_intermediate_size alone");
  }
  return model;
}
