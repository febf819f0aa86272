import type { Block } from "../../blocks/Block.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm, twoMatrixLayer } from "./decoder.ts";
import { gptHeads } from "./gpt2.ts";

/** OPT: learned positions with two rows more than it says; the smallest post-norm with a narrower table. */
export function opt(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 768);
  const tableWidth = keys.whole("word_embed_proj_dim", hiddenSize);
  const positions = keys.whole("max_position_embeddings", 2048);
  const bias = keys.flag("enable_bias", true);
  const norm: Block = keys.flag("layer_norm_elementwise_affine", true)
    ? layerNorm(hiddenSize)
    : { kind: "norm", size: hiddenSize, weight: false };
  const heads = readHeads(keys, { hiddenSize, standardHeads: 12, kvHeads: "", headSize: "" });
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads,
    inner: keys.whole("ffn_dim", 3072),
    biases: { qkv: bias, output: bias, inner: bias },
  });
  const before = keys.flag("do_layer_norm_before", true);
  const removed = keys.flag("_remove_final_layer_norm", false);
  const finalNorm = before && !removed;
  const projection = (name: string, outputs: number, inputs: number): Block[] =>
    tableWidth === hiddenSize
      ? []
      : [{ kind: "other", name, tensors: linear(name, outputs, inputs, "none") }];
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50272),
    maxTokens: positions,
    tableWidth,
    afterTable: [
      ...projection("project-in", hiddenSize, tableWidth),
      { kind: "position-table", rows: positions + 2, width: hiddenSize },
    ],
    layers: Array(keys.whole("num_hidden_layers", 12)).fill(
      before ? [norm, attention, norm, inner] : [attention, norm, inner, norm],
    ),
    beforeHead: [...(finalNorm ? [norm] : []), ...projection("project-out", tableWidth, hiddenSize)],
    tied: keys.flag("tie_word_embeddings", true),
  });
}

/** BLOOM: ALiBi, a norm behind the token table, biases everywhere but at the head. */
export function bloom(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole(["n_embed", "hidden_size"], 64);
  const heads = gptHeads(keys, hiddenSize, 8);
  const norm = layerNorm(hiddenSize);
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads,
    inner: 4 * hiddenSize,
    biases: { qkv: true, output: true, inner: true },
  });
  const nLayers = keys.whole(["n_layer", "num_hidden_layers"], 2);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 250880),
    afterTable: [norm],
    layers: Array(nLayers).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}
