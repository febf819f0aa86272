import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** ERNIE 4.5 with experts: sparse from a first to a last layer, with a bias that balances the selection. */
export function ernieMoe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 2560, heads: 20, kvHeads: 4 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const bias = keys.flag("use_bias", false);
  const attention: Block = { kind: "attention", ...own, span: full, biases: biased(bias) };
  const count = keys.whole("num_hidden_layers", 28);
  const by = {
    count: [["moe_num_experts", "num_experts"], 64],
    perToken: [["moe_k", "num_experts_per_tok"], 6],
    size: ["moe_intermediate_size", 1536],
  } as const;
  const experts = mixture(keys, own.inputSize, by, {
    sharedSize: keys.whole("moe_num_shared_experts", 2, 0) * keys.whole("moe_intermediate_size", 1536),
    selectionBias: true,
    ...(bias && { sharedBiases: { up: true, down: true } }),
  });
  const dense = gated(own.inputSize, keys.whole("intermediate_size", 12288), bias);
  const first = keys.whole("moe_layer_start_index", 1, 0);
  const given = keys.whole("moe_layer_end_index", -1, -1);
  const last = given === -1 ? count - 1 : given;
  const step = keys.whole("moe_layer_interval", 1);
  const isSparse = (i: number) => (i + 1) % step === 0 && i >= first && i <= last;
  keys.ignore("num_nextn_predict_layers", "moe_capacity", "moe_gate", "moe_use_aux_free");
  const layers = stack(count, norm, attention, (i) => (isSparse(i) ? experts : dense));
  return decoder(keys, { norm, layers, headBias: bias, vocab: 103424, maxTokens: 131072, tied: true });
}
