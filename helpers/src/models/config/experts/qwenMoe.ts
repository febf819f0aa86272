import type { Block } from "../../blocks/Block.ts";
import type { ExpertsBlock } from "../../blocks/FeedForward.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full, windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

const names = { sliding_attention: "window", full_attention: "full" } as const;

/** Qwen 1.5 and 2 with experts: biases of queries, keys and values, and a gated shared expert. */
export function qwen2Moe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 2048, heads: 16, kvHeads: 16 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("qkv_bias", true), false);
  const windows = keys.flag("use_sliding_window", false);
  const window = windowed(keys, "sliding_window", 4096);
  const near: Block = { kind: "attention", ...own, span: windows ? window : full, biases };
  const far: Block = { ...near, span: full };
  const by = {
    count: [expertCount, 60],
    perToken: ["num_experts_per_tok", 4],
    size: ["moe_intermediate_size", 1408],
  } as const;
  const sharedSize = keys.whole("shared_expert_intermediate_size", 5632, 0);
  const experts = mixture(keys, own.inputSize, by, { sharedSize, sharedGate: true });
  const count = keys.whole("num_hidden_layers", 24);
  const windowLayers = keys.whole("max_window_layers", 28, 0);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) =>
    i % 2 === 0 && i < windowLayers ? "window" : "full",
  );
  const inner = denseOrExperts(keys, experts, 5632);
  const layers = stack(count, norm, (i) => (kinds[i] === "window" ? near : far), inner);
  return decoder(keys, { norm, layers, vocab: 151936, maxTokens: 32768 });
}

/** What the experts of Qwen 3 take where a key is absent. */
export interface Qwen3MoeStandards {
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize?: number;
  readonly layers: number;
  readonly nExperts: number;
  readonly perToken: number;
  readonly expertSize: number;
  readonly denseSize: number;
  readonly maxTokens: number;
}

/** Qwen 3 with experts: a norm a head of queries and keys, no shared expert. */
export function qwen3Moe(keys: ConfigKeys): ReadModel {
  return qwen3MoeBy(keys, {
    hidden: 2048,
    heads: 32,
    kvHeads: 4,
    layers: 24,
    nExperts: 128,
    perToken: 8,
    expertSize: 768,
    denseSize: 6144,
    maxTokens: 32768,
  });
}

/** The text model of Qwen 3 VL with experts. */
export function qwen3VlMoeText(keys: ConfigKeys): ReadModel {
  return qwen3MoeBy(keys, {
    hidden: 2048,
    heads: 16,
    kvHeads: 16,
    layers: 24,
    nExperts: 60,
    perToken: 4,
    expertSize: 1408,
    denseSize: 5632,
    maxTokens: 128000,
  });
}

function qwen3MoeBy(keys: ConfigKeys, standard: Qwen3MoeStandards): ReadModel {
  const own = heads(keys, standard);
  const norm: Block = { kind: "norm", size: own.inputSize };
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const windows = keys.flag("use_sliding_window", false);
  const window = windowed(keys, "sliding_window", 4096);
  const attention: Block = {
    kind: "attention",
    ...own,
    span: windows ? window : full,
    biases: biased(keys.flag("attention_bias", false)),
    queryNorm: headNorm,
    keyNorm: headNorm,
  };
  // Its norms of queries and keys are always there.
  keys.ignore("use_qk_norm");
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, standard.nExperts],
    perToken: ["num_experts_per_tok", standard.perToken],
    size: ["moe_intermediate_size", standard.expertSize],
  });
  const count = keys.whole("num_hidden_layers", standard.layers);
  const layers = stack(count, norm, attention, denseOrExperts(keys, experts, standard.denseSize));
  return decoder(keys, { norm, layers, vocab: 151936, maxTokens: standard.maxTokens });
}

/** Which layers of a Qwen are dense: those that `mlp_only_layers` lists, and all but each `decoder_sparse_step`-th. */
export function denseOrExperts(
  keys: ConfigKeys,
  experts: ExpertsBlock,
  standardSize: number,
): (index: number) => Block {
  const dense = gated(experts.inputSize, keys.whole("intermediate_size", standardSize));
  const only = new Set(keys.list("mlp_only_layers", (value) => value) ?? []);
  const step = keys.whole("decoder_sparse_step", 1);
  return (i) => (only.has(i) || (i + 1) % step !== 0 ? dense : experts);
}
