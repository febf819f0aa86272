import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { stack } from "../pieces/stack.ts";
import { latentAttention } from "./latentAttention.ts";

/** MiniCPM3: latent attention in a dense model; a value is hidden_size/heads wide where v_head_dim is absent. */
export function minicpm3(keys: ConfigKeys): ReadModel {
  const hidden = keys.whole("hidden_size", 2560);
  const heads = keys.whole("num_attention_heads", 40);
  const value = Math.floor(hidden / heads);
  const ranks = { queryRank: 768, kvRank: 256, nope: 64, rope: 32 };
  const attention = latentAttention(keys, { hidden, heads, value, ...ranks });
  const norm = { kind: "norm", size: hidden } as const;
  const dense: Block = gated(hidden, keys.whole("intermediate_size", 6400), keys.flag("mlp_bias", false));
  keys.ignore("num_key_value_heads", "head_dim", "qk_head_dim", "dim_model_base", "scale_emb", "scale_depth");
  const layers = stack(keys.whole("num_hidden_layers", 62), norm, attention, dense);
  return decoder(keys, { norm, layers, vocab: 73448, maxTokens: 32768, tied: true });
}
