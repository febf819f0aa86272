import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { stack } from "../pieces/stack.ts";
import { wideNormAttention } from "../pieces/wideNormAttention.ts";

/** OLMoE: queries and keys are normalised over all heads together. */
export function olmoe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 2048, heads: 16 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const attention = wideNormAttention(keys, own);
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 64],
    perToken: ["num_experts_per_tok", 8],
    size: ["intermediate_size", 2048],
  });
  const layers = stack(keys.whole("num_hidden_layers", 16), norm, attention, experts);
  return decoder(keys, { norm, layers, vocab: 50304, maxTokens: 4096 });
}
