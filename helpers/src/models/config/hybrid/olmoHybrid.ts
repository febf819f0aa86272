import type { Block } from "../../blocks/Block.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { type Heads, heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { wideNormAttention } from "../pieces/wideNormAttention.ts";

const names = { linear_attention: "linear", full_attention: "full" } as const;

/** OLMo Hybrid: the gated delta rule behind norms, and in every fourth layer attention with norms behind it. */
export function olmoHybrid(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 3840, heads: 30 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const attention = wideNormAttention(keys, own);
  const delta = gatedDelta(keys, own);
  const inner = gated(own.inputSize, keys.whole("intermediate_size", 11008));
  const count = keys.whole("num_hidden_layers", 32);
  const attends = (i: number) => i % 4 === 3 || (count < 4 && i === count - 1);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) => (attends(i) ? "full" : "linear"));
  keys.ignore("linear_allow_neg_eigval", "linear_use_gate");
  const layers = alike(count, (i) =>
    kinds[i] === "full" ? [attention, norm, inner, norm] : [norm, delta, norm, inner],
  );
  return decoder(keys, { norm, layers, vocab: 100352, maxTokens: 65536 });
}

/** As many heads as attention has, three quarters of the width in keys and twice as much in values, unless given. */
function gatedDelta(keys: ConfigKeys, own: Heads): Block {
  const nKeyHeads = keys.whole("linear_num_key_heads", own.nHeads);
  const keySize = keys.whole("linear_key_head_dim", Math.trunc((0.75 * own.inputSize) / nKeyHeads));
  const valueSize = keys.whole("linear_value_head_dim", 2 * keySize);
  return {
    kind: "linear-attention",
    variant: "gated-delta",
    inputSize: own.inputSize,
    nKeyHeads,
    nValueHeads: keys.whole("linear_num_value_heads", own.nHeads),
    keySize,
    valueSize,
    convTokens: keys.whole("linear_conv_kernel_dim", 4),
    outputNorm: { kind: "norm", size: valueSize },
  };
}
