import type { StateSpaceBlock } from "../../blocks/StateSpace.ts";
import { alike } from "../alike.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";

/**
 * Mamba as state-spaces publishes it, by the keys of its own repository: `d_model`, `n_layer`, and in `ssm_cfg` what
 * differs from the standard. Rows of the table are rounded up to `pad_vocab_size_multiple`.
 *
 * Source: state-spaces/mamba, mamba_ssm/models/config_mamba.py.
 */
export function stateSpaces(keys: ConfigKeys): ReadModel {
  const width = keys.whole("d_model", 2560);
  const own = keys.part("ssm_cfg") ?? new ConfigKeys({}, "ssm_cfg");
  const second = own.text("layer", "Mamba1") === "Mamba2";
  const innerSize = Math.trunc(own.number("expand", 2) * width);
  const block: StateSpaceBlock = {
    kind: "state-space",
    variant: second ? "mamba2" : "mamba1",
    inputSize: width,
    innerSize,
    stateSize: own.whole("d_state", second ? 128 : 16),
    convTokens: own.whole("d_conv", 4),
    biases: { convolution: own.flag("conv_bias", true), projections: own.flag("bias", false) },
    ...(second
      ? {
          nHeads: Math.floor(innerSize / own.whole("headdim", 64)),
          nGroups: own.whole("ngroups", 1),
          outputNorm: { kind: "norm", size: innerSize } as const,
        }
      : { stepRank: own.raw("dt_rank") === "auto" ? rank(width) : own.whole("dt_rank", rank(width)) }),
  };
  own.refuseUnread("state-spaces");
  const attends = keys.list("attn_layer_idx", (value) => value) ?? [];
  if (attends.length > 0 || keys.whole("d_intermediate", 0, 0) > 0) {
    throw new RangeError(
      "attn_layer_idx and d_intermediate are read only where they are empty and 0; give the configuration as transformers writes it",
    );
  }
  const norm = { kind: "norm", size: width, bias: !keys.flag("rms_norm", true) } as const;
  const multiple = keys.whole("pad_vocab_size_multiple", 8);
  const vocab = multiple * Math.ceil(keys.whole("vocab_size", 50277) / multiple);
  const layers = alike(keys.whole("n_layer", 64), () => [norm, block]);
  keys.ignore("attn_cfg", "residual_in_fp32", "fused_add_norm");
  const model = new ConfigKeys({ tie_word_embeddings: keys.flag("tie_embeddings", true) });
  return decoder(model, { norm, layers, vocab });
}

function rank(width: number): number {
  return Math.ceil(width / 16);
}
