import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Phi-3.5-MoE: norms with biases, and a bias on the output head where the configuration says so. */
export function phimoe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const norm: Block = { kind: "norm", size: own.inputSize, bias: true };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: windowed(keys), biases };
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 16],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 6400],
  });
  const layers = stack(keys.whole("num_hidden_layers", 32), norm, attention, experts);
  const headBias = keys.flag("lm_head_bias", false);
  return decoder(keys, { norm, layers, headBias, vocab: 32064, maxTokens: 131072 });
}
