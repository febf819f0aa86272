import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";
import { mambaBeside } from "./mambaBeside.ts";

const names = {
  mamba: "mamba",
  linear_attention: "mamba",
  attention: "attention",
  full_attention: "attention",
} as const;

/** Granite 4: Mamba 2 or attention a layer, and experts beside a shared feed-forward, or the latter alone. */
export function graniteHybrid(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const width = own.inputSize;
  const norm: Block = { kind: "norm", size: width };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  const space = mambaBeside(keys, width);
  const sharedSize = keys.whole("shared_intermediate_size", 1024);
  const by = {
    count: [expertCount, 8],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 11008],
  } as const;
  const sparse = keys.whole(expertCount, 8, 0) > 0;
  const inner = sparse ? mixture(keys, width, by, { sharedSize }) : gated(width, sharedSize);
  keys.ignore("num_experts_per_tok", "intermediate_size");
  const count = keys.whole("num_hidden_layers", 32);
  const list = keys.has("layers_block_type") ? "layers_block_type" : "layer_types";
  const kinds = layerKinds(keys, list, count, names, () => "mamba");
  keys.ignore("layer_types", "position_embedding_type", "normalization_function", "init_method");
  const layers = stack(count, norm, (i) => (kinds[i] === "mamba" ? space : attention), inner);
  return decoder(keys, { norm, layers, vocab: 32000, maxTokens: 2048 });
}
