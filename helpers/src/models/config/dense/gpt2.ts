import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { type Heads, readHeads } from "../heads.ts";
import { decoder, layerNorm, twoMatrixLayer } from "./decoder.ts";

/** GPT-2: learned positions, LayerNorm, biases everywhere but at the head. */
export const gpt2 = (keys: ConfigKeys) => withPositions(keys, false);

/** GPT-BigCode (SantaCoder, StarCoder 1): GPT-2 whose heads share one key and value. */
export const gptBigCode = (keys: ConfigKeys) => withPositions(keys, keys.flag("multi_query", true));

function withPositions(keys: ConfigKeys, multiQuery: boolean): ReadModel {
  // GPT-BigCode writes the number down, too, but its class goes by multi_query.
  keys.ignore("num_key_value_heads");
  if (keys.flag("add_cross_attention", false)) {
    throw new RangeError(
      "add_cross_attention adds layers that attend to another model, which are not counted here; leave it out",
    );
  }
  const hiddenSize = keys.whole(["n_embd", "hidden_size"], 768);
  const vocabSize = keys.whole("vocab_size", 50257);
  const positions = keys.whole(["n_positions", "max_position_embeddings"], 1024);
  const heads = gptHeads(keys, hiddenSize, 12);
  const norm = layerNorm(hiddenSize);
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads: multiQuery ? { ...heads, nKvHeads: 1 } : heads,
    inner: keys.whole("n_inner", 4 * hiddenSize),
    biases: { qkv: true, output: true, inner: true },
  });
  const nLayers = keys.whole(["n_layer", "num_hidden_layers"], 12);
  return decoder({
    hiddenSize,
    vocabSize,
    maxTokens: positions,
    afterTable: [{ kind: "position-table", rows: positions, width: hiddenSize }],
    layers: Array(nLayers).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}

/** Heads under the key names of GPT-2, each with its own key and value. */
export const gptHeads = (keys: ConfigKeys, hiddenSize: number, standardHeads: number): Heads =>
  readHeads(keys, {
    hiddenSize,
    heads: ["n_head", "num_attention_heads"],
    standardHeads,
    kvHeads: "",
    headSize: "",
  });
