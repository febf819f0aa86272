import type { Block } from "../../blocks/Block.ts";
import type { LatentAttentionBlock } from "../../blocks/LatentAttention.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { predictionLayers } from "../pieces/predictionLayers.ts";
import { stack } from "../pieces/stack.ts";
import { type LatentStandards, latentAttention } from "./latentAttention.ts";
import { sharedAndRouted } from "./sharedAndRouted.ts";

/** What a family takes where a key is absent. */
export interface DeepseekStandards extends LatentStandards {
  readonly vocab: number;
  readonly layers: number;
  readonly denseSize: number;
  readonly expertSize: number;
  readonly nExperts: number;
  readonly nShared: number;
  /** 0: all, where the class names none. */
  readonly perToken: number;
  readonly denseLayers: number;
  readonly maxTokens: number;
  /** Modules that predict further tokens. */
  readonly prediction: number;
  /** Whether the dense and the shared feed-forward have biases, in a family that may have some. */
  readonly mlpBias?: (keys: ConfigKeys) => boolean;
}

const v3: DeepseekStandards = {
  vocab: 129280,
  hidden: 7168,
  heads: 128,
  queryRank: 1536,
  kvRank: 512,
  nope: 128,
  rope: 64,
  value: 128,
  layers: 61,
  denseSize: 18432,
  expertSize: 2048,
  nExperts: 256,
  nShared: 1,
  perToken: 8,
  denseLayers: 3,
  maxTokens: 4096,
  prediction: 1,
};

/** DeepSeek-V2 and V2-Lite: latent attention and experts that are chosen by score alone. */
export function deepseekV2(keys: ConfigKeys): ReadModel {
  const standard = {
    ...v3,
    vocab: 102400,
    hidden: 4096,
    heads: 32,
    layers: 32,
    denseSize: 11008,
    expertSize: 1407,
    nExperts: 64,
    nShared: 2,
    perToken: 0,
    leavesRankOut: true,
    denseLayers: 0,
    maxTokens: 2048,
    prediction: 0,
    mlpBias: (keys: ConfigKeys) => keys.flag("mlp_bias", false),
  };
  const balanced = keys.text("topk_method", "greedy") === "noaux_tc";
  return deepseek(keys, standard, latentAttention(keys, standard), balanced);
}

/** DeepSeek-V3 and R1, and Kimi K2: a bias an expert balances the selection. */
export function deepseekV3(keys: ConfigKeys): ReadModel {
  return deepseek(keys, v3, latentAttention(keys, v3), balancedByBias(keys));
}

/** DeepSeek-V3.2: an indexer picks the tokens that a layer attends to. */
export function deepseekV32(keys: ConfigKeys): ReadModel {
  const standard = { ...v3, maxTokens: 163840 };
  const attention = latentAttention(keys, standard, { heads: 64, size: 128, top: 2048 });
  return deepseek(keys, standard, attention, balancedByBias(keys));
}

/** Mistral 4: latent attention, experts chosen by score alone. */
export function mistral4(keys: ConfigKeys): ReadModel {
  const widths = { hidden: 4096, heads: 32, queryRank: 1024, kvRank: 256, nope: 64, denseSize: 12288 };
  const sizes = { vocab: 131072, layers: 36, nExperts: 128, perToken: 4, denseLayers: 0 };
  const standard = { ...v3, ...widths, ...sizes, maxTokens: 1048576, prediction: 0 };
  return deepseek(keys, standard, latentAttention(keys, standard), false);
}

/** What both latent families of GLM take. */
const glm = { ...v3, vocab: 154880, nope: 192, value: 256, maxTokens: 202752, prediction: 0 };

/** GLM-4.7-Flash: latent attention in a GLM with experts. */
export function glmLite(keys: ConfigKeys): ReadModel {
  const widths = { hidden: 2048, heads: 20, queryRank: 768, denseSize: 10240, expertSize: 1536 };
  const standard = { ...glm, ...widths, layers: 47, nExperts: 64, perToken: 4, denseLayers: 1 };
  return deepseek(keys, standard, latentAttention(keys, standard), true);
}

/** GLM-5: an indexer, which some layers may share with the layer before. */
export function glmSparse(keys: ConfigKeys): ReadModel {
  const widths = { hidden: 6144, heads: 64, queryRank: 2048, denseSize: 12288 };
  const standard = { ...glm, ...widths, layers: 78 };
  keys.ignore("index_share_for_mtp_iteration");
  const attention = latentAttention(keys, standard, { heads: 32, size: 128, top: 2048 });
  const indexed = indexedLayers(keys, keys.whole("num_hidden_layers", standard.layers));
  return deepseek(keys, standard, attention, true, indexed);
}

/** Whether the selection bias is stored: always, unless another method of choosing is named. */
function balancedByBias(keys: ConfigKeys): boolean {
  return keys.text("topk_method", "noaux_tc") === "noaux_tc";
}

/** Which layers have an indexer of their own. */
function indexedLayers(keys: ConfigKeys, count: number): boolean[] {
  const pattern = keys.raw("index_topk_pattern");
  const letters = typeof pattern === "string" ? [...pattern] : undefined;
  const step = Math.max(1, keys.whole("index_topk_freq", 1, 0));
  const offset = keys.whole("index_skip_topk_offset", 2, 0);
  const names = { full: "full", shared: "shared" } as const;
  const kinds = layerKinds(keys, "indexer_types", count, names, (i) => {
    if (letters) return letters[i] === "S" ? "shared" : "full";
    return Math.max(i - offset + 1, 0) % step === 0 ? "full" : "shared";
  });
  return kinds.map((kind) => kind === "full");
}

function deepseek(
  keys: ConfigKeys,
  standard: DeepseekStandards,
  attention: LatentAttentionBlock,
  selectionBias: boolean,
  indexed?: readonly boolean[],
): ReadModel {
  const width = attention.inputSize;
  const norm = { kind: "norm", size: width } as const;
  const { indexer: _, ...plain } = attention;
  const unindexed: Block = plain;
  const count = keys.whole("num_hidden_layers", standard.layers);
  const sharedBias = standard.mlpBias?.(keys) ?? false;
  const experts = sharedAndRouted(keys, width, standard, { selectionBias, sharedBias });
  const denseSize = keys.whole("intermediate_size", standard.denseSize);
  const dense = gated(width, denseSize, standard.mlpBias?.(keys) ?? false);
  const first = keys.whole("first_k_dense_replace", standard.denseLayers, 0);
  const step = keys.whole("moe_layer_freq", 1);
  const names = { dense: "dense", sparse: "sparse" } as const;
  const kinds = layerKinds(keys, "mlp_layer_types", count, names, (i) =>
    i >= first && i % step === 0 ? "sparse" : "dense",
  );
  const layers = stack(
    count,
    norm,
    (i) => (indexed?.[i] === false ? unindexed : attention),
    (i) => (kinds[i] === "sparse" ? experts : dense),
  );
  const further = keys.whole(["num_nextn_predict_layers", "num_mtp_layers"], standard.prediction, 0);
  const prediction = predictionLayers(further, norm, [norm, attention, norm, experts]);
  keys.ignore("n_group", "topk_group", "ep_size", "num_key_value_heads", "head_dim", "qk_head_dim");
  keys.ignore("layer_types", "topk_method", "mlp_bias", "n_shared_experts", "routed_scaling_factor");
  const { vocab, maxTokens } = standard;
  return decoder(keys, { norm, layers, prediction, vocab, maxTokens });
}
