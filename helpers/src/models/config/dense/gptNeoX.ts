import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm, twoMatrixLayer } from "./decoder.ts";

/** GPT-NeoX and Pythia: rotary, LayerNorm, biases everywhere but at the head. */
export function gptNeoX(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 6144);
  const heads = readHeads(keys, { hiddenSize, standardHeads: 64, kvHeads: "", headSize: "" });
  const bias = keys.flag("attention_bias", true);
  const norm = layerNorm(hiddenSize);
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads,
    inner: keys.whole("intermediate_size", 24576),
    biases: { qkv: bias, output: bias, inner: true },
  });
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50432),
    maxTokens: keys.whole("max_position_embeddings", 2048),
    layers: Array(keys.whole("num_hidden_layers", 44)).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", false),
  });
}
