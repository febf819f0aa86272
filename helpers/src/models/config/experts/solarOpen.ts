import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { sharedAndRouted } from "../latent/sharedAndRouted.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Solar Open: shared and routed experts in every layer, with a bias that balances the selection. */
export function solarOpen(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 64, kvHeads: 8, headSize: 128 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const biases = biased(keys.flag("attention_bias", false), false);
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  const standard = { nExperts: 128, perToken: 8, expertSize: 1280, nShared: 1 };
  const experts = sharedAndRouted(keys, own.inputSize, standard, { selectionBias: true });
  keys.ignore("n_group", "topk_group", "intermediate_size", "first_k_dense_replace", "use_qk_norm");
  const layers = stack(keys.whole("num_hidden_layers", 48), norm, attention, experts);
  return decoder(keys, { norm, layers, vocab: 196608, maxTokens: 131072 });
}
