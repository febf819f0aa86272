import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** MiniMax M2: queries and keys are normalised over all heads together; every layer has softmax attention. */
export function minimaxM2(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 3072, heads: 48, kvHeads: 8, headSize: 128 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const normed = keys.flag("use_qk_norm", true);
  const attention: Block = {
    kind: "attention",
    ...own,
    span: full,
    ...(normed && {
      queryNorm: { kind: "norm", size: own.nHeads * own.keySize },
      keyNorm: { kind: "norm", size: own.nKvHeads * own.keySize },
    }),
  };
  const by = {
    count: [expertCount, 256],
    perToken: ["num_experts_per_tok", 8],
    size: ["intermediate_size", 1536],
  } as const;
  const selectionBias = keys.flag("use_routing_bias", true);
  const experts = mixture(keys, own.inputSize, by, { selectionBias });
  keys.ignore(
    "shared_intermediate_size",
    "rotary_dim",
    "num_mtp_modules",
    "mtp_transformer_layers",
    "use_mtp",
  );
  // Published beside the width of the experts; no layer of the class has it.
  keys.ignore("mlp_intermediate_size");
  keys.ignore("attn_type_list", "qk_norm_type");
  for (const part of ["full_attention", "linear_attention", "mlp"]) {
    keys.ignore(`layernorm_${part}_alpha`, `layernorm_${part}_beta`);
  }
  const layers = stack(keys.whole("num_hidden_layers", 62), norm, attention, experts);
  return decoder(keys, { norm, layers, vocab: 200064, maxTokens: 196608 });
}
