import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm, rmsNorm } from "./decoder.ts";
import { type RotaryFamily, rotary } from "./rotary.ts";

/** ChatGLM 2 and 3 and GLM-4 under the key names of their own code; the first ChatGLM shares the model_type. */
export function chatGlm(keys: ConfigKeys): ReadModel {
  if (keys.has("inner_hidden_size")) return firstChatGlm(keys);
  const hiddenSize = keys.whole("hidden_size", 4096);
  const linearBias = keys.flag("add_bias_linear", false);
  const qkvBias = keys.flag("add_qkv_bias", false) || linearBias;
  const groups = keys.whole("multi_query_group_num", 1);
  const multiQuery = keys.flag("multi_query_attention", false);
  const { nHeads, keySize } = readHeads(keys, {
    hiddenSize,
    standardHeads: 32,
    kvHeads: "",
    headSize: "kv_channels",
    standardHeadSize: 128,
  });
  if (multiQuery && nHeads % groups !== 0) {
    throw new RangeError(
      `multi_query_group_num must divide the ${nHeads} attention heads, got ${groups}; fix the configuration`,
    );
  }
  const norm = keys.flag("rmsnorm", true) ? rmsNorm(hiddenSize) : layerNorm(hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    nHeads,
    nKvHeads: multiQuery ? groups : nHeads,
    keySize,
    span: { kind: "full" },
    biases: { query: qkvBias, key: qkvBias, value: qkvBias, output: linearBias },
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: keys.whole("ffn_hidden_size", 13696),
    matrices: 3,
    biases: { up: linearBias, down: linearBias },
  };
  // vocab_size, where it stands beside the padded one, is that of the tokenizer.
  keys.ignore("vocab_size");
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("padded_vocab_size", 65024),
    maxTokens: keys.whole("seq_length", 2048),
    layers: Array(keys.whole(["num_layers", "num_hidden_layers"], 28)).fill([norm, attention, norm, inner]),
    beforeHead: keys.flag("post_layer_norm", true) ? [norm] : [],
    tied: keys.flag("tie_word_embeddings", false),
  });
}

/** ChatGLM-6B: LayerNorm, biases everywhere but at the head, two matrices, tied. */
function firstChatGlm(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 4096);
  const heads = readHeads(keys, { hiddenSize, standardHeads: 32, kvHeads: "", headSize: "" });
  const norm = layerNorm(hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    ...heads,
    span: { kind: "full" },
    biases: { query: true, key: true, value: true, output: true },
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: keys.whole("inner_hidden_size"),
    matrices: 2,
    biases: { up: true, down: true },
  };
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 150528),
    maxTokens: keys.whole("max_sequence_length", 2048),
    layers: Array(keys.whole(["num_layers", "num_hidden_layers"], 28)).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}

/** GLM-4 (9B) as the library holds it: biases of queries, keys and values, none behind attention. */
export const glm = (keys: ConfigKeys): ReadModel => glmLike(keys, "before");

/** GLM-4-0414: norms on both sides. */
export const glm4 = (keys: ConfigKeys): ReadModel => glmLike(keys, "both sides");

function glmLike(keys: ConfigKeys, norms: RotaryFamily["norms"] & string): ReadModel {
  return rotary(keys, {
    standard: {
      hidden: 4096,
      inner: 13696,
      layers: 40,
      heads: 32,
      kvHeads: 2,
      headSize: 128,
      vocab: 151552,
      tokens: 131072,
    },
    norms,
    biases: { qkv: keys.flag("attention_bias", true) },
  });
}
