import type { StateSpaceBlock } from "../../blocks/StateSpace.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";

/** Mamba 2 by the keys of Bamba, Granite 4 and Falcon-H1, whose names begin with mamba_. */
export function mambaBeside(
  keys: ConfigKeys,
  inputSize: number,
  options: { readonly innerSize?: number; readonly normed?: boolean; readonly outputBias?: boolean } = {},
): StateSpaceBlock {
  const { innerSize = keys.whole("mamba_expand", 2) * inputSize, normed = true, outputBias } = options;
  keys.ignore("mamba_expand", "mamba_d_head");
  return {
    kind: "state-space",
    variant: "mamba2",
    inputSize,
    innerSize,
    stateSize: keys.whole("mamba_d_state", 256),
    convTokens: keys.whole("mamba_d_conv", 4),
    nHeads: keys.whole("mamba_n_heads", 128),
    nGroups: keys.whole("mamba_n_groups", 1),
    biases: {
      convolution: keys.flag("mamba_conv_bias", !keys.isNull("mamba_conv_bias")),
      projections: keys.flag("mamba_proj_bias", false),
      ...(outputBias !== undefined && { output: outputBias }),
    },
    ...(normed && { outputNorm: { kind: "norm", size: innerSize } }),
  };
}
