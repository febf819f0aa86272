import type { Block } from "../../blocks/Block.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** DBRX: the keys of attention and experts stand in parts of their own. */
export function dbrx(keys: ConfigKeys): ReadModel {
  const inputSize = keys.whole(["d_model", "hidden_size"], 2048);
  const nHeads = keys.whole(["n_heads", "num_attention_heads"], 16);
  const part = (key: string) => keys.part(key) ?? new ConfigKeys({}, key);
  const attn = part("attn_config");
  const ffn = part("ffn_config");
  // The width of the model, once more.
  ffn.ignore("hidden_size");
  const norm: Block = { kind: "norm", size: inputSize };
  const nKvHeads = attn.whole("kv_n_heads", 1);
  keys.ignore("num_key_value_heads");
  const keySize = Math.floor(inputSize / nHeads);
  const attention: Block = { kind: "attention", inputSize, nHeads, nKvHeads, keySize, span: full };
  const experts = mixture(ffn, inputSize, {
    count: ["moe_num_experts", 4],
    perToken: ["moe_top_k", 1],
    size: ["ffn_hidden_size", 3584],
  });
  attn.refuseUnread("dbrx");
  ffn.refuseUnread("dbrx");
  const layers = stack(keys.whole(["n_layers", "num_hidden_layers"], 24), norm, attention, experts);
  const maxTokens = keys.whole("max_seq_len", 2048);
  return decoder(keys, { norm, layers, vocab: 32000, maxTokens });
}
