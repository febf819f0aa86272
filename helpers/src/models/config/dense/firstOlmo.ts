import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder } from "./decoder.ts";

/** OLMo 1 under the key names of its own code: mlp_hidden_size counts the two matrices that go in together. */
export function firstOlmo(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("d_model", 768);
  const bias = keys.flag("include_bias", true);
  const affine = keys.flag("layer_norm_with_affine", true);
  const normBias = affine && keys.flag("bias_for_layer_norm", bias);
  const norm: NormBlock = { kind: "norm", size: hiddenSize, weight: affine, bias: normBias };
  const gated = keys.text("activation_type", "swiglu") === "swiglu";
  const multiQuery = keys.flag("multi_query_attention", false);
  const { nHeads, nKvHeads, keySize } = readHeads(keys, {
    hiddenSize,
    heads: "n_heads",
    standardHeads: 12,
    kvHeads: "n_kv_heads",
    headSize: "",
  });
  if (keys.flag("attention_layer_norm", false)) {
    throw new RangeError(
      "attention_layer_norm is not counted under these keys; give the configuration under those of olmo2",
    );
  }
  keys.ignore("attention_layer_norm_with_affine");
  const both = keys.whole("mlp_hidden_size", keys.number("mlp_ratio", 4) * hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    nHeads,
    nKvHeads: multiQuery ? 1 : nKvHeads,
    keySize,
    span: { kind: "full" },
    biases: { query: bias, key: bias, value: bias, output: bias },
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: gated ? both / 2 : both,
    matrices: gated ? 3 : 2,
    biases: { up: bias, down: bias },
  };
  const positions = keys.whole("max_sequence_length", 1024);
  const learned = !keys.flag("rope", false) && !keys.flag("alibi", false);
  const vocabSize = keys.whole("vocab_size", 50257);
  const rows = keys.isNull("embedding_size") ? vocabSize : keys.whole("embedding_size", 50304);
  return decoder({
    hiddenSize,
    vocabSize: rows,
    maxTokens: positions,
    afterTable: learned ? [{ kind: "position-table", rows: positions, width: hiddenSize }] : [],
    layers: Array(keys.whole("n_layers", 12)).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("weight_tying", true),
  });
}
