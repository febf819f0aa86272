import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { sharedAndRouted } from "../latent/sharedAndRouted.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { full, windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

const spans = { "0": "full", "1": "window", full_attention: "full", sliding_attention: "window" } as const;
const inners = { "0": "dense", "1": "sparse", dense: "dense", sparse: "sparse" } as const;

/**
 * MiMo-V2-Flash: values narrower than keys; five of six layers have a window, twice the key-value heads and a sink a
 * head. Layers are listed as transformers does (`layer_types`) or as published (`hybrid_layer_pattern`).
 */
export function mimoFlash(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 64, kvHeads: 4, headSize: 192 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const valueSize = keys.whole("v_head_dim", 128);
  const biases = biased(keys.flag("attention_bias", false), false);
  const far: AttentionBlock = {
    kind: "attention",
    ...own,
    valueSize,
    span: full,
    biases,
    sinks: keys.flag("add_full_attention_sink_bias", false),
  };
  const near: AttentionBlock = {
    ...far,
    nHeads: keys.whole("swa_num_attention_heads", own.nHeads),
    nKvHeads: keys.whole("swa_num_key_value_heads", 2 * own.nKvHeads),
    keySize: keys.whole("swa_head_dim", own.keySize),
    valueSize: keys.whole("swa_v_head_dim", valueSize),
    span: windowed(keys, "sliding_window", 128),
    sinks: keys.flag("add_swa_attention_sink_bias", true),
  };
  const count = keys.whole("num_hidden_layers", 48);
  const spanList = keys.has("layer_types") ? "layer_types" : "hybrid_layer_pattern";
  const kinds = layerKinds(keys, spanList, count, spans, (i) =>
    i === 0 || (i + 1) % 6 === 0 ? "full" : "window",
  );
  const innerList = keys.has("mlp_layer_types") ? "mlp_layer_types" : "moe_layer_freq";
  const sparse = layerKinds(keys, innerList, count, inners, (i) => (i === 0 ? "dense" : "sparse"));
  const standard = { nExperts: 256, perToken: 8, expertSize: 2048, nShared: 0 };
  const experts = sharedAndRouted(keys, own.inputSize, standard, { selectionBias: true });
  const dense = gated(own.inputSize, keys.whole("intermediate_size", 16384));
  keys.ignore("hybrid_layer_pattern", "moe_layer_freq", "attention_chunk_size", "sliding_window_size");
  keys.ignore("n_group", "topk_group", "attention_value_scale");
  const layers = stack(
    count,
    norm,
    (i) => (kinds[i] === "window" ? near : far),
    (i) => (sparse[i] === "sparse" ? experts : dense),
  );
  return decoder(keys, { norm, layers, vocab: 152576, maxTokens: 131072 });
}
