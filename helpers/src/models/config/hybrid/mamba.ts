import type { StateSpaceBlock } from "../../blocks/StateSpace.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";

/** Mamba 1: a norm and a state space a layer, nothing else. */
export function mamba(keys: ConfigKeys): ReadModel {
  const inputSize = keys.whole("hidden_size", 768);
  // What the step's rank is unless it is given.
  const rank = keys.raw("time_step_rank") === "auto" ? undefined : keys.raw("time_step_rank");
  const block: StateSpaceBlock = {
    kind: "state-space",
    variant: "mamba1",
    inputSize,
    innerSize: keys.whole("intermediate_size", Math.trunc(keys.number("expand", 2) * inputSize)),
    stateSize: keys.whole("state_size", 16),
    convTokens: keys.whole("conv_kernel", 4),
    stepRank: rank === undefined ? Math.ceil(inputSize / 16) : keys.whole("time_step_rank"),
    biases: convolutionAndProjections(keys),
  };
  // The width in the words of the original repository.
  keys.ignore("d_model", "d_inner", "n_layer", "pad_vocab_size_multiple", "expand");
  keys.ignore("ssm_cfg", "rms_norm", "fused_add_norm");
  const count = keys.whole("num_hidden_layers", 32);
  return pure(keys, block, count, { vocab: 50280, tied: true });
}

/** Mamba 2: a step a head, and a gated norm before the projection behind. */
export function mamba2(keys: ConfigKeys): ReadModel {
  const inputSize = keys.whole("hidden_size", 4096);
  const innerSize = Math.trunc(keys.number("expand", 2) * inputSize);
  const block: StateSpaceBlock = {
    kind: "state-space",
    variant: "mamba2",
    inputSize,
    innerSize,
    stateSize: keys.whole("state_size", 128),
    convTokens: keys.whole("conv_kernel", 4),
    nHeads: keys.whole("num_heads", 128),
    nGroups: keys.whole("n_groups", 8),
    biases: convolutionAndProjections(keys),
    outputNorm: { kind: "norm", size: innerSize },
  };
  keys.ignore("head_dim", "time_step_rank", "norm_before_gate", "rms_norm", "intermediate_size");
  const count = keys.whole("num_hidden_layers", 64);
  return pure(keys, block, count, { vocab: 32768, tied: false });
}

function convolutionAndProjections(keys: ConfigKeys): NonNullable<StateSpaceBlock["biases"]> {
  return { convolution: keys.flag("use_conv_bias", true), projections: keys.flag("use_bias", false) };
}

function pure(
  keys: ConfigKeys,
  block: StateSpaceBlock,
  count: number,
  standard: { readonly vocab: number; readonly tied: boolean },
): ReadModel {
  const norm = { kind: "norm", size: block.inputSize } as const;
  keys.ignore("residual_in_fp32");
  return decoder(keys, { norm, layers: alike(count, () => [norm, block]), ...standard });
}
