import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Jamba: Mamba 1 with norms inside, attention in one layer of eight, experts in every other. */
export function jamba(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const width = own.inputSize;
  const norm: Block = { kind: "norm", size: width };
  const attention: Block = { kind: "attention", ...own, span: full };
  const given = keys.raw("mamba_dt_rank");
  const space: Block = {
    kind: "state-space",
    variant: "mamba1",
    inputSize: width,
    innerSize: keys.whole("mamba_expand", 2) * width,
    stateSize: keys.whole("mamba_d_state", 16),
    convTokens: keys.whole("mamba_d_conv", 4),
    stepRank: given === undefined || given === "auto" ? Math.ceil(width / 16) : keys.whole("mamba_dt_rank"),
    biases: {
      convolution: keys.flag("mamba_conv_bias", true),
      projections: keys.flag("mamba_proj_bias", false),
    },
    innerNorms: keys.flag("mamba_inner_layernorms", true),
  };
  const dense = gated(width, keys.whole("intermediate_size", 14336));
  // One expert is no mixture, and its router is not stored.
  const sparse =
    keys.whole(expertCount, 16) === 1
      ? dense
      : mixture(keys, width, {
          count: [expertCount, 16],
          perToken: ["num_experts_per_tok", 2],
          size: ["intermediate_size", 14336],
        });
  keys.ignore("num_experts_per_tok", "layers_block_type");
  const [period, offset] = [keys.whole("attn_layer_period", 8), keys.whole("attn_layer_offset", 4, 0)];
  const [step, first] = [keys.whole("expert_layer_period", 2), keys.whole("expert_layer_offset", 1, 0)];
  const layers = stack(
    keys.whole("num_hidden_layers", 32),
    norm,
    (i) => (i % period === offset ? attention : space),
    (i) => (i % step === first ? sparse : dense),
  );
  return decoder(keys, { norm, layers, vocab: 65536, maxTokens: 262144 });
}
