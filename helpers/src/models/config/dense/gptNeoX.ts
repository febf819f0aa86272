import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm } from "./decoder.ts";

/** GPT-NeoX and Pythia: rotary, LayerNorm, biases everywhere but at the head. */
export function gptNeoX(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 6144);
  const heads = readHeads(keys, { hiddenSize, standardHeads: 64, kvHeads: "", headSize: "" });
  const bias = keys.flag("attention_bias", true);
  const norm = layerNorm(hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    ...heads,
    span: { kind: "full" },
    biases: { query: bias, key: bias, value: bias, output: bias },
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: keys.whole("intermediate_size", 24576),
    matrices: 2,
    biases: { up: true, down: true },
  };
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50432),
    maxTokens: keys.whole("max_position_embeddings", 2048),
    layers: Array(keys.whole("num_hidden_layers", 44)).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", false),
  });
}
