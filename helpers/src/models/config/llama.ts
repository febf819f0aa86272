import type { Block } from "../blocks/Block.ts";
import type { Model } from "../Model.ts";
import { alike } from "./alike.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";

/** Llama 1 to 3 and what is built alike: RMSNorm, grouped attention, three matrices. */
export function llama(keys: ConfigKeys): Omit<Model, "name" | "modelType"> {
  const hiddenSize = keys.whole("hidden_size");
  const vocabSize = keys.whole("vocab_size");
  const nHeads = keys.whole("num_attention_heads");
  const attentionBias = keys.flag("attention_bias", false);
  const mlpBias = keys.flag("mlp_bias", false);
  const norm: Block = { kind: "norm", size: hiddenSize };
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    nHeads,
    nKvHeads: keys.whole("num_key_value_heads", nHeads),
    keySize: keys.whole("head_dim", hiddenSize / nHeads),
    span: { kind: "full" },
    biases: { query: attentionBias, key: attentionBias, value: attentionBias, output: attentionBias },
  };
  const feedForward: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: keys.whole("intermediate_size"),
    matrices: 3,
    biases: { up: mlpBias, down: mlpBias },
  };
  return {
    hiddenSize,
    vocabSize,
    maxTokens: keys.whole("max_position_embeddings", 2048),
    input: [{ kind: "token-table", rows: vocabSize, width: hiddenSize }],
    layers: alike(keys.whole("num_hidden_layers"), () => [norm, attention, norm, feedForward]),
    output: [
      norm,
      { kind: "head", rows: vocabSize, width: hiddenSize, tied: keys.flag("tie_word_embeddings", false) },
    ],
    towers: [],
    prediction: [],
  };
}
