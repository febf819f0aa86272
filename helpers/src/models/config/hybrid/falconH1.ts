import type { Block } from "../../blocks/Block.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { full } from "../pieces/spans.ts";
import { mambaBeside } from "./mambaBeside.ts";

/** Falcon-H1: attention and Mamba 2 side by side behind one norm, in every layer. */
export function falconH1(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const width = own.inputSize;
  const norm: Block = { kind: "norm", size: width };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  // Without a width of its own (null) the state space is mamba_expand times as wide as the model.
  const innerSize = keys.isNull("mamba_d_ssm") ? undefined : keys.whole("mamba_d_ssm", 1024);
  const space = mambaBeside(keys, width, {
    ...(innerSize !== undefined && { innerSize }),
    normed: keys.flag("mamba_rms_norm", false),
    outputBias: keys.flag("projectors_bias", false),
  });
  const size = keys.whole("intermediate_size", 14336);
  const inner = gated(width, size, keys.flag("mlp_bias", false));
  keys.ignore("mamba_norm_before_gate", "mamba_use_mlp", "attn_layer_indices", "layer_types");
  keys.ignore("layers_block_type", "mlp_expansion_factor");
  const count = keys.whole("num_hidden_layers", 32);
  const layers = alike(count, () => [norm, attention, space, norm, inner]);
  return decoder(keys, { norm, layers, vocab: 128000, maxTokens: 8192 });
}
