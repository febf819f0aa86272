import type { AttentionSpan } from "../../blocks/Attention.ts";
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

const names = { chunked_attention: "chunk", full_attention: "full" } as const;

/**
 * The text model of Llama 4: attention within chunks in three of four layers, and a shared expert as wide as a routed
 * one. Its norms of queries and keys have no weights.
 */
export function llama4Text(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 5120, heads: 40, kvHeads: 8, headSize: 128 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("attention_bias", false));
  const attend = (span: AttentionSpan): Block => ({ kind: "attention", ...own, span, biases });
  const tokens = keys.whole("attention_chunk_size", keys.isNull("attention_chunk_size") ? 0 : 8192, 0);
  const near = attend(tokens > 0 ? { kind: "chunk", tokens } : full);
  const far = attend(full);
  const count = keys.whole("num_hidden_layers", 48);
  const apart = keys.whole("no_rope_layer_interval", 4);
  const rotated = keys.list("no_rope_layers", (value) => value);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) => {
    const rotates = rotated?.length ? Number(rotated[i]) !== 0 : (i + 1) % apart !== 0;
    return rotates ? "chunk" : "full";
  });
  const sharedSize = keys.whole("intermediate_size", 8192);
  const by = {
    count: [expertCount, 16],
    perToken: ["num_experts_per_tok", 1],
    size: ["intermediate_size", 8192],
  } as const;
  const experts = mixture(keys, own.inputSize, by, { sharedSize });
  const dense = gated(own.inputSize, keys.whole("intermediate_size_mlp", 16384));
  const step = keys.whole("interleave_moe_layer_step", 1);
  const listed = keys.list("moe_layers", (value) => value);
  const isSparse = (i: number) => (listed ? listed.includes(i) : (i + 1) % step === 0);
  keys.ignore("use_qk_norm", "for_llm_compressor");
  const layers = stack(
    count,
    norm,
    (i) => (kinds[i] === "chunk" ? near : far),
    (i) => (isSparse(i) ? experts : dense),
  );
  return decoder(keys, { norm, layers, vocab: 202048, maxTokens: 131072 });
}
