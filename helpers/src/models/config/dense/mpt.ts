import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readHeads } from "../heads.ts";
import { decoder } from "./decoder.ts";

/**
 * MPT as llm-foundry builds it: ALiBi or learned positions, norms without biases, the feed-forward expansion_ratio times as
 * wide. (The class in transformers takes ALiBi and a ratio of 4 whatever is said; no published model differs.)
 */
export function mpt(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole(["d_model", "hidden_size"], 2048);
  const bias = !keys.flag("no_bias", true);
  const norm: NormBlock = { kind: "norm", size: hiddenSize, bias };
  const attend = keys.part("attn_config") ?? new ConfigKeys({});
  const ffn = keys.part("ffn_config") ?? new ConfigKeys({});
  keys.ignore("init_config", "embedding_fraction");
  const heads = ["n_heads", "num_attention_heads"];
  const { nHeads, keySize } = readHeads(keys, {
    hiddenSize,
    heads,
    standardHeads: 16,
    kvHeads: "",
    headSize: "",
  });
  const type = attend.text("attn_type", "multihead_attention");
  const nKvHeads =
    type === "multiquery_attention" ? 1 : readHeads(attend, grouped(hiddenSize, nHeads)).nKvHeads;
  const attention: AttentionBlock = {
    kind: "attention",
    inputSize: hiddenSize,
    nHeads,
    nKvHeads,
    keySize,
    span: { kind: "full" },
    biases: { query: bias, key: bias, value: bias, output: bias },
    ...(attend.flag("qk_ln", false) && {
      queryNorm: norm,
      keyNorm: { ...norm, size: nKvHeads * keySize },
    }),
  };
  const ratio = keys.number("expansion_ratio", 4);
  const inner: Block = {
    kind: "feed-forward",
    inputSize: hiddenSize,
    size: ffn.whole("ffn_hidden_size", Math.floor(ratio * hiddenSize)),
    matrices: ffn.text("ffn_type", "mptmlp").includes("glu") ? 3 : 2,
    biases: { up: bias, down: bias },
  };
  const positions = keys.whole("max_seq_len", 2048);
  const learned =
    keys.flag("learned_pos_emb", true) && !attend.flag("alibi", true) && !attend.flag("rope", false);
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 50368),
    maxTokens: positions,
    afterTable: learned ? [{ kind: "position-table", rows: positions, width: hiddenSize }] : [],
    layers: Array(keys.whole(["n_layers", "num_hidden_layers"], 24)).fill([norm, attention, norm, inner]),
    beforeHead: [norm],
    tied: keys.flag("tie_word_embeddings", true),
  });
}

/** attn_config names the key-value heads only; the rest is known. */
const grouped = (hiddenSize: number, nHeads: number) => ({
  hiddenSize,
  heads: "n_heads",
  standardHeads: nHeads,
  kvHeads: "kv_n_heads",
  headSize: "",
});
