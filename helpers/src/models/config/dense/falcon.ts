import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm, twoMatrixLayer } from "./decoder.ts";

/**
 * Falcon, also under the key names of its first release (RefinedWeb, RefinedWebModel). The new architecture has as many
 * key-value heads as it says and two norms a layer; the old one key-value head, or as many as heads without multi_query.
 */
export function falcon(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole(["n_embed", "hidden_size"], 4544);
  const bias = keys.flag("bias", false);
  // The first release told its new architecture by the key-value heads alone.
  const isNew = keys.flag("new_decoder_architecture", keys.has("n_head_kv"));
  const multiQuery = keys.flag("multi_query", true);
  const parallel = keys.flag("parallel_attn", true);
  const { nHeads, nKvHeads, keySize } = readHeads(keys, {
    hiddenSize,
    heads: ["num_attention_heads", "n_head"],
    standardHeads: 71,
    // The old architecture may write a number down that its class does not look at.
    kvHeads: isNew ? ["num_kv_heads", "n_head_kv"] : "",
    headSize: "",
  });
  keys.ignore("num_kv_heads", "n_head_kv");
  const norm = layerNorm(hiddenSize);
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads: { nHeads, nKvHeads: isNew || !multiQuery ? nKvHeads : 1, keySize },
    inner: keys.whole("ffn_hidden_size", 4 * hiddenSize),
    biases: { qkv: bias, output: bias, inner: bias },
  });
  const norms = keys.whole("num_ln_in_parallel_attn", isNew ? 2 : 1, 0);
  const two = !parallel || norms === 2;
  const nLayers = keys.whole(["num_hidden_layers", "n_layer"], 32);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 65024),
    maxTokens: keys.whole("max_position_embeddings", 2048),
    layers: Array(nLayers).fill(two ? [norm, attention, norm, inner] : [norm, attention, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}
