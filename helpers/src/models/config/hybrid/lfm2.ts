import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { type EachLayer, stack } from "../pieces/stack.ts";

const names = { conv: "conv", full_attention: "full" } as const;

/** LFM2: short convolutions, and attention in the layers that `layer_types` or `full_attn_idxs` name. */
export function lfm2(keys: ConfigKeys): ReadModel {
  return lfm2By(keys, 2560, (width) => gated(width, feedForwardSize(keys)));
}

/** LFM2 with experts behind the first layers, which are dense. */
export function lfm2Moe(keys: ConfigKeys): ReadModel {
  return lfm2By(keys, 2048, (width) => {
    const by = {
      count: [expertCount, 32],
      perToken: ["num_experts_per_tok", 4],
      size: ["moe_intermediate_size", 1792],
    } as const;
    const experts = mixture(keys, width, by, { selectionBias: keys.flag("use_expert_bias", true) });
    const dense = gated(width, keys.whole("intermediate_size", 7168));
    const first = keys.whole("num_dense_layers", 2, 0);
    return (i) => (i >= first ? experts : dense);
  });
}

function lfm2By(keys: ConfigKeys, hidden: number, innerOf: (width: number) => EachLayer): ReadModel {
  const own = heads(keys, { hidden, heads: 32, kvHeads: 8 });
  const width = own.inputSize;
  const norm: Block = { kind: "norm", size: width };
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const attention: Block = { kind: "attention", ...own, span: full, queryNorm: headNorm, keyNorm: headNorm };
  const convolution: Block = {
    kind: "short-convolution",
    inputSize: width,
    convTokens: keys.whole("conv_L_cache", 3),
    bias: keys.flag("conv_bias", false),
  };
  const count = keys.whole("num_hidden_layers", 32);
  const listed = keys.list("full_attn_idxs", (value) => value);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) =>
    listed && !listed.includes(i) ? "conv" : "full",
  );
  // Copies of the widths under other names.
  keys.ignore("block_dim", "conv_dim", "conv_dim_out", "num_heads", "block_norm_eps", "block_use_swiglu");
  keys.ignore("conv_use_xavier_init", "block_use_xavier_init", "block_mlp_init_scale");
  const layers = stack(count, norm, (i) => (kinds[i] === "full" ? attention : convolution), innerOf(width));
  const tied = keys.flag(["tie_embedding", "tie_word_embeddings"], true);
  return decoder(keys, { norm, layers, vocab: 65536, maxTokens: 128000, tied });
}

/** Two thirds of what is given, scaled, up to a multiple, unless the width is to be taken as it stands. */
function feedForwardSize(keys: ConfigKeys): number {
  const given = keys.whole(["block_ff_dim", "intermediate_size"], 12288);
  const scale = keys.number("block_ffn_dim_multiplier", 1);
  const multiple = keys.whole("block_multiple_of", 256);
  if (!keys.flag("block_auto_adjust_ff_dim", true)) return given;
  const scaled = Math.trunc(scale * Math.trunc((2 * given) / 3));
  return multiple * Math.ceil(scaled / multiple);
}
