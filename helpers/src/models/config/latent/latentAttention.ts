import type { LatentAttentionBlock } from "../../blocks/LatentAttention.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import { full } from "../pieces/spans.ts";

/** What latent attention takes where a key is absent. */
export interface LatentStandards {
  readonly hidden: number;
  readonly heads: number;
  readonly queryRank: number;
  /** Whether files of the family leave q_lora_rank out where queries are projected directly (DeepSeek-V2-Lite). */
  readonly leavesRankOut?: boolean;
  readonly kvRank: number;
  readonly nope: number;
  readonly rope: number;
  readonly value: number;
}

/** Latent attention by the keys of DeepSeek-V2 and whoever took them over. */
export function latentAttention(
  keys: ConfigKeys,
  standard: LatentStandards,
  indexer?: { readonly heads: number; readonly size: number; readonly top: number },
): LatentAttentionBlock {
  const bias = keys.flag("attention_bias", false);
  // A rank of null means a plain projection, of absent the rank of the class; or a plain one, too, in a family whose
  // files leave the key out where there is none, if the other ranks are given.
  const left = standard.leavesRankOut === true && keys.has("kv_lora_rank") && !keys.has("q_lora_rank");
  const plain = left || keys.isNull("q_lora_rank");
  const queryRank = plain ? undefined : keys.whole("q_lora_rank", standard.queryRank);
  return {
    kind: "latent-attention",
    inputSize: keys.whole("hidden_size", standard.hidden),
    nHeads: keys.whole("num_attention_heads", standard.heads),
    ...(queryRank !== undefined && { queryRank }),
    kvRank: keys.whole("kv_lora_rank", standard.kvRank),
    ropeSize: keys.whole("qk_rope_head_dim", standard.rope),
    nopeSize: keys.whole("qk_nope_head_dim", standard.nope),
    valueSize: keys.whole("v_head_dim", standard.value),
    span: full,
    ...(bias && { biases: { down: true, output: true } }),
    ...(indexer && {
      indexer: {
        nHeads: keys.whole("index_n_heads", indexer.heads),
        headSize: keys.whole("index_head_dim", indexer.size),
        topTokens: keys.whole("index_topk", indexer.top),
      },
    }),
  };
}
