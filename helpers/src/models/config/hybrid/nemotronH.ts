import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import type { Block } from "../../blocks/Block.ts";
import type { ExpertsBlock } from "../../blocks/FeedForward.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { mixture } from "../pieces/mixture.ts";
import { predictionLayers } from "../pieces/predictionLayers.ts";
import { full } from "../pieces/spans.ts";

const letters: Readonly<Record<string, string>> = { M: "mamba", E: "moe", "*": "attention", "-": "mlp" };
const names = {
  mamba: "mamba",
  linear_attention: "mamba",
  attention: "attention",
  full_attention: "attention",
  moe: "moe",
  mlp: "mlp",
} as const;

/**
 * Nemotron-H and Nemotron 3: a layer is one norm and one of Mamba 2, attention, a feed-forward without gate, or a
 * mixture, as a pattern of letters or a list says. Experts of Nemotron 3 Super read a narrower vector (`moe_latent_size`).
 */
export function nemotronH(keys: ConfigKeys): ReadModel {
  const headSize = keys.isNull("head_dim") ? undefined : keys.whole("attention_head_dim", 128);
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8, ...(headSize && { headSize }) });
  const norm: NormBlock = { kind: "norm", size: own.inputSize };
  const bias = keys.flag("mlp_bias", false);
  const biases = { up: bias, down: bias };
  const blocks: Record<(typeof names)[keyof typeof names], () => Block> = {
    attention: once(() => ({ kind: "attention", ...own, span: full })),
    mamba: once(() => stateSpace(keys, own.inputSize)),
    mlp: once(() => ({
      kind: "feed-forward",
      inputSize: own.inputSize,
      size: keys.whole("intermediate_size", 21504),
      matrices: 2,
      biases,
    })),
    moe: once(() => experts(keys, own.inputSize, biases)),
  };
  const listed = pattern(keys, "hybrid_override_pattern", "layers_block_type");
  const kinds = listed ?? (["mamba", "moe", "attention", "mlp"] as const);
  const layers = alike(kinds.length, (i) => [norm, blocks[kinds[i]!]()]);
  const further = keys.whole("num_nextn_predict_layers", 0, 0);
  const module = pattern(keys, "mtp_hybrid_override_pattern", "mtp_layers_block_type") ?? [
    "attention",
    "moe",
  ];
  const prediction = further
    ? predictionLayers(
        further,
        norm,
        module.flatMap((kind) => [norm, blocks[kind]()]),
      )
    : [];
  unused(keys);
  return decoder(keys, { norm, layers, prediction, neverTied: true, vocab: 131072, maxTokens: 4096 });
}

function unused(keys: ConfigKeys): void {
  keys.ignore("num_hidden_layers", "attention_bias", "attention_head_dim", "sliding_window", "expand");
  keys.ignore("n_group", "topk_group", "n_shared_experts", "time_step_rank", "mamba_expand", "layer_types");
  // What is asked for only where a layer needs it.
  keys.ignore("intermediate_size", "n_routed_experts", "moe_intermediate_size", "num_experts_per_tok");
  keys.ignore("moe_shared_expert_intermediate_size", "moe_latent_size", "mamba_num_heads", "ssm_state_size");
  keys.ignore("mamba_head_dim", "n_groups", "conv_kernel", "use_conv_bias", "use_bias", "mamba_proj_bias");
  keys.ignore("moe_shared_expert_overlap", "residual_in_fp32", "rescale_prenorm_residual");
}

function once(make: () => Block): () => Block {
  let made: Block | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The kinds of layers by a pattern of letters under one key, or a list of names under another. */
function pattern(keys: ConfigKeys, key: string, list: string) {
  const given = keys.raw(list) ?? keys.raw(key);
  const count = Array.isArray(given) || typeof given === "string" ? given.length : 0;
  if (Array.isArray(given)) return layerKinds(keys, list, count, names, () => "mamba");
  if (given === undefined) return undefined;
  return [...keys.text(key)].map((letter, i) => {
    const kind = letters[letter] as (typeof names)[keyof typeof names] | undefined;
    if (kind) return kind;
    throw new RangeError(
      `${key} must consist of the letters ${Object.keys(letters).join(" ")}, got ${describeGiven(letter)} at ${i}`,
    );
  });
}

function stateSpace(keys: ConfigKeys, inputSize: number): Block {
  const nHeads = keys.whole("mamba_num_heads", 128);
  const innerSize = nHeads * keys.whole("mamba_head_dim", 64);
  return {
    kind: "state-space",
    variant: "mamba2",
    inputSize,
    innerSize,
    stateSize: keys.whole("ssm_state_size", 128),
    convTokens: keys.whole(["mamba_d_conv", "conv_kernel"], 4),
    nHeads,
    nGroups: keys.whole(["mamba_n_groups", "n_groups"], 8),
    biases: {
      convolution: keys.flag(["mamba_conv_bias", "use_conv_bias"], true),
      projections: keys.flag("use_bias", false),
    },
    outputNorm: { kind: "norm", size: innerSize },
  };
}

function experts(keys: ConfigKeys, width: number, biases: NonNullable<ExpertsBlock["biases"]>): ExpertsBlock {
  const latentSize = keys.whole("moe_latent_size", 0, 0);
  return mixture(
    keys,
    width,
    {
      count: [["n_routed_experts", "num_local_experts"], 8],
      perToken: ["num_experts_per_tok", 2],
      size: ["moe_intermediate_size", 7688],
    },
    {
      matrices: 2,
      sharedSize: keys.whole("moe_shared_expert_intermediate_size", 7688),
      sharedBiases: biases,
      selectionBias: true,
      ...(latentSize > 0 && { latentSize, latentBias: biases.up ?? false }),
    },
  );
}
