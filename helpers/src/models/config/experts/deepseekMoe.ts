import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { sharedAndRouted } from "../latent/sharedAndRouted.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/**
 * The first DeepSeekMoE (16B): plain attention, shared and routed experts, no bias that balances them.
 *
 * Source: Dai et al. 2024 (arXiv 2401.06066) and the published configuration.
 */
export function deepseekMoe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  const dense = gated(own.inputSize, keys.whole("intermediate_size", 11008));
  const count = keys.whole("num_hidden_layers", 30);
  const first = keys.whole("first_k_dense_replace", 0, 0);
  const step = keys.whole("moe_layer_freq", 1);
  // Without a number of routed experts every layer is dense.
  const standard = { nExperts: 1, perToken: 1, expertSize: 1407, nShared: 0 };
  const inner: Block = keys.has("n_routed_experts")
    ? sharedAndRouted(keys, own.inputSize, standard, { selectionBias: false })
    : dense;
  keys.ignore("n_routed_experts", "n_shared_experts", "num_experts_per_tok", "moe_intermediate_size");
  const layers = stack(count, norm, attention, (i) => (i >= first && i % step === 0 ? inner : dense));
  return decoder(keys, { norm, layers, vocab: 102400, maxTokens: 2048 });
}
