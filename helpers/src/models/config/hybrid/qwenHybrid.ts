import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { denseOrExperts } from "../experts/qwenMoe.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { type Heads, heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { predictionLayers } from "../pieces/predictionLayers.ts";
import { full } from "../pieces/spans.ts";
import { type EachLayer, stack } from "../pieces/stack.ts";

const names = { linear_attention: "linear", full_attention: "full" } as const;

interface HybridStandards {
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly layers: number;
  readonly vocab: number;
  readonly maxTokens: number;
}

/** Qwen3-Next: three layers of the gated delta rule, one of gated attention, and experts. */
export function qwen3Next(keys: ConfigKeys): ReadModel {
  const standard = { hidden: 2048, heads: 16, kvHeads: 2, headSize: 256, layers: 48, vocab: 151936 };
  return hybrid(keys, { ...standard, maxTokens: 32768 }, (width) =>
    denseOrExperts(keys, sharedExperts(keys, width, 512, 10), 5632),
  );
}

/** The text model of the dense Qwen 3.5. */
export function qwen35Text(keys: ConfigKeys): ReadModel {
  const standard = { hidden: 4096, heads: 16, kvHeads: 4, headSize: 256, layers: 32, vocab: 248320 };
  return hybrid(keys, { ...standard, maxTokens: 32768 }, (width) =>
    gated(width, keys.whole("intermediate_size", 12288)),
  );
}

/** The text model of Qwen 3.5 with experts. */
export function qwen35MoeText(keys: ConfigKeys): ReadModel {
  const standard = { hidden: 2048, heads: 16, kvHeads: 2, headSize: 256, layers: 40, vocab: 248320 };
  // No layer of this family is dense.
  keys.ignore("intermediate_size", "decoder_sparse_step");
  return hybrid(keys, { ...standard, maxTokens: 32768 }, (width) => sharedExperts(keys, width, 256, 8));
}

function sharedExperts(keys: ConfigKeys, width: number, nExperts: number, perToken: number) {
  const by = {
    count: [expertCount, nExperts],
    perToken: ["num_experts_per_tok", perToken],
    size: ["moe_intermediate_size", 512],
  } as const;
  const sharedSize = keys.whole("shared_expert_intermediate_size", 512, 0);
  return mixture(keys, width, by, { sharedSize, sharedGate: true });
}

function hybrid(
  keys: ConfigKeys,
  standard: HybridStandards,
  innerOf: (width: number) => EachLayer,
): ReadModel {
  const own = heads(keys, standard);
  const width = own.inputSize;
  const norm: NormBlock = { kind: "norm", size: width };
  const attention = gatedAttention(keys, own);
  const delta = gatedDelta(keys, width);
  const count = keys.whole("num_hidden_layers", standard.layers);
  const every = keys.whole("full_attention_interval", 4);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) =>
    (i + 1) % every === 0 ? "full" : "linear",
  );
  const inner = innerOf(width);
  const layers = stack(count, norm, (i) => (kinds[i] === "full" ? attention : delta), inner);
  const innerOfLast = typeof inner === "function" ? inner(count - 1) : inner;
  const further = keys.whole("mtp_num_hidden_layers", 0, 0);
  const prediction = predictionLayers(further, norm, [norm, attention, norm, innerOfLast]);
  keys.ignore("mtp_use_dedicated_embeddings", "mlp_only_layers", "partial_rotary_factor");
  const { vocab, maxTokens } = standard;
  return decoder(keys, { norm, layers, prediction, vocab, maxTokens });
}

/** Attention whose output a gate of its own width scales, projected beside the queries. */
function gatedAttention(keys: ConfigKeys, own: Heads): Block {
  const headNorm = { kind: "norm", size: own.keySize } as const;
  return {
    kind: "attention",
    ...own,
    span: full,
    biases: biased(keys.flag("attention_bias", false)),
    queryNorm: headNorm,
    keyNorm: headNorm,
    ...(keys.flag("attn_output_gate", true) && { gateSize: own.nHeads * own.keySize }),
  };
}

function gatedDelta(keys: ConfigKeys, inputSize: number): Block {
  const valueSize = keys.whole("linear_value_head_dim", 128);
  return {
    kind: "linear-attention",
    variant: "gated-delta",
    inputSize,
    nKeyHeads: keys.whole("linear_num_key_heads", 16),
    nValueHeads: keys.whole("linear_num_value_heads", 32),
    keySize: keys.whole("linear_key_head_dim", 128),
    valueSize,
    convTokens: keys.whole("linear_conv_kernel_dim", 4),
    outputNorm: { kind: "norm", size: valueSize },
  };
}
