import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm } from "./decoder.ts";

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
  const heads = readHeads(keys, {
    hiddenSize,
    heads: ["n_head", "num_attention_heads"],
    standardHeads: 12,
    kvHeads: "",
    headSize: "",
  });
  const norm = layerNorm(hiddenSize);
  const attention: Block = {
    kind: "attention",
    inputSize: hiddenSize,
    ...heads,
    ...(multiQuery && { nKvHeads: 1 }),
    span: { kind: "full" },
    biases: { query: true, key: true, value: true, output: true },
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: keys.whole("n_inner", 4 * hiddenSize),
    matrices: 2,
    biases: { up: true, down: true },
  };
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
