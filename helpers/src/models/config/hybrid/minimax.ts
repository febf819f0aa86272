import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { minimaxM2 } from "../experts/minimaxM2.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

const names = {
  "0": "linear",
  "1": "full",
  linear_attention: "linear",
  full_attention: "full",
} as const;

/**
 * MiniMax Text-01 and M1: lightning attention, and softmax attention in the layers that `attn_type_list` (1) or
 * `layer_types` names. The decay of lightning attention is fixed and stored by nobody. M2, where its file has the
 * model_type of its elders, is known by its class.
 */
export function minimax(keys: ConfigKeys): ReadModel {
  const classes = keys.list("architectures", String) ?? [];
  if (classes.includes("MiniMaxM2ForCausalLM")) return minimaxM2(keys);
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const { inputSize, nHeads, keySize } = own;
  const norm: Block = { kind: "norm", size: inputSize };
  const attention: Block = { kind: "attention", ...own, span: full };
  const lightning: Block = {
    kind: "linear-attention",
    variant: "lightning",
    inputSize,
    nKeyHeads: nHeads,
    nValueHeads: nHeads,
    keySize,
    valueSize: keySize,
    outputNorm: { kind: "norm", size: nHeads * keySize },
  };
  const count = keys.whole("num_hidden_layers", 32);
  const list = keys.has("attn_type_list") ? "attn_type_list" : "layer_types";
  const kinds = layerKinds(keys, list, count, names, (i) => (i % 2 === 0 ? "full" : "linear"));
  const by = {
    count: [expertCount, 8],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 14336],
  } as const;
  const sharedSize = keys.whole("shared_intermediate_size", 0, 0);
  const experts = mixture(keys, inputSize, by, { sharedSize, sharedGate: true });
  keys.ignore(
    "layer_types",
    "rotary_dim",
    "block_size",
    "postnorm",
    "use_linear_layernorm",
    "sliding_window",
  );
  for (const part of ["full_attention", "linear_attention", "mlp"]) {
    keys.ignore(`layernorm_${part}_alpha`, `layernorm_${part}_beta`);
  }
  const layers = stack(count, norm, (i) => (kinds[i] === "full" ? attention : lightning), experts);
  return decoder(keys, { norm, layers, vocab: 32000, maxTokens: 131072 });
}
