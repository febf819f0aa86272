import type { AttentionSpan } from "../../blocks/Attention.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder, layerNorm, twoMatrixLayer } from "./decoder.ts";
import { gptHeads } from "./gpt2.ts";

/** GPT-J and CodeGen: one norm a layer for attention and feed-forward side by side; a bias at the head. */
export function gptJ(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole(["n_embd", "hidden_size"], 4096);
  const heads = gptHeads(keys, hiddenSize, 16);
  const norm = layerNorm(hiddenSize);
  const { attention, inner } = twoMatrixLayer({
    hiddenSize,
    heads,
    inner: keys.whole("n_inner", 4 * hiddenSize),
    biases: { qkv: false, output: false, inner: true },
  });
  const nLayers = keys.whole(["n_layer", "num_hidden_layers"], 28);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50400),
    maxTokens: keys.whole(["n_positions", "max_position_embeddings"], 2048),
    layers: Array(nLayers).fill([norm, attention, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", false),
    headBias: true,
  });
}

/** GPT-Neo: GPT-2 with a window in every other layer and no biases of queries, keys and values. */
export function gptNeo(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 2048);
  const nLayers = keys.whole(["num_layers", "num_hidden_layers"], 24);
  const positions = keys.whole("max_position_embeddings", 2048);
  const heads = readHeads(keys, {
    hiddenSize,
    heads: ["num_heads", "num_attention_heads"],
    standardHeads: 16,
    kvHeads: "",
    headSize: "",
  });
  const norm = layerNorm(hiddenSize);
  const layer = (span: AttentionSpan) =>
    twoMatrixLayer({
      hiddenSize,
      heads,
      inner: keys.whole("intermediate_size", 4 * hiddenSize),
      biases: { qkv: false, output: true, inner: true },
      span,
    });
  const { attention: far, inner } = layer({ kind: "full" });
  const near = layer({ kind: "window", tokens: keys.whole("window_size", 256) }).attention;
  const layers = attentionKinds(keys, nLayers).map((kind) => [
    norm,
    kind === "local" ? near : far,
    norm,
    inner,
  ]);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50257),
    maxTokens: positions,
    afterTable: [{ kind: "position-table", rows: positions, width: hiddenSize }],
    layers,
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}

/** attention_types is a list such as [[["global", "local"], 12]]: kinds, and how often in a row. */
function attentionKinds(keys: ConfigKeys, nLayers: number): string[] {
  keys.ignore("attention_layers");
  const kinds = keys.list("attention_types", (entry) => {
    const [names, times] = Array.isArray(entry) ? entry : [];
    const right = Array.isArray(names) && Number.isSafeInteger(times) && times > 0 && times <= nLayers;
    if (right && names.every((name) => name === "global" || name === "local")) {
      return Array<string[]>(times).fill(names).flat();
    }
    throw new RangeError('attention_types must be a list such as [[["global", "local"], 12]]');
  });
  const all = kinds?.flat() ?? Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? "global" : "local"));
  if (all.length !== nLayers) {
    throw new RangeError(
      `attention_types must name ${nLayers} layers, got ${all.length}; fix the configuration`,
    );
  }
  return all;
}
