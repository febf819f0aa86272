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

const names = { sliding_attention: "window", full_attention: "full" } as const;

/** dots.llm1: norms of queries and keys a head, dense first layers. */
export function dots1(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4608, heads: 32, kvHeads: 32 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const biases = biased(keys.flag("attention_bias", false));
  const norms = { queryNorm: headNorm, keyNorm: headNorm };
  const far: AttentionBlock = { kind: "attention", ...own, span: full, biases, ...norms };
  const near: Block = { ...far, span: windowed(keys, "sliding_window", 4096) };
  const count = keys.whole("num_hidden_layers", 62);
  const windowFrom = keys.whole("max_window_layers", 62, 0);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) => (i >= windowFrom ? "window" : "full"));
  const standard = { nExperts: 128, perToken: 6, expertSize: 1408, nShared: 0 };
  const experts = sharedAndRouted(keys, own.inputSize, standard, { selectionBias: true });
  const dense = gated(own.inputSize, keys.whole("intermediate_size", 10944));
  const first = keys.whole("first_k_dense_replace", 0, 0);
  keys.ignore("n_group", "topk_group", "moe_layer_freq");
  const layers = stack(
    count,
    norm,
    (i) => (kinds[i] === "window" ? near : far),
    (i) => (i >= first ? experts : dense),
  );
  return decoder(keys, { norm, layers, vocab: 152064, maxTokens: 2048 });
}
