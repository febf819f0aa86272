import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";
import { mambaBeside } from "./mambaBeside.ts";

/** Bamba: Mamba 2, and attention in the layers that `attn_layer_indices` lists. */
export function bamba(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  const space = mambaBeside(keys, own.inputSize);
  const size = keys.whole("intermediate_size", 14336);
  const inner = gated(own.inputSize, size, keys.flag("mlp_bias", false));
  const attends = new Set(keys.list("attn_layer_indices", (value) => value) ?? []);
  keys.ignore("layers_block_type", "layer_types");
  const count = keys.whole("num_hidden_layers", 32);
  const layers = stack(count, norm, (i) => (attends.has(i) ? attention : space), inner);
  return decoder(keys, { norm, layers, vocab: 128000, maxTokens: 262144 });
}
