import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Granite 3 MoE. */
export function granitemoe(keys: ConfigKeys): ReadModel {
  return granite(keys, 0);
}

/** Granite 3 MoE with a shared expert of `shared_intermediate_size`. */
export function granitemoeshared(keys: ConfigKeys): ReadModel {
  return granite(keys, keys.whole("shared_intermediate_size", 0, 0));
}

function granite(keys: ConfigKeys, sharedSize: number): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = { kind: "attention", ...own, span: full, biases };
  const by = {
    count: [expertCount, 8],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 11008],
  } as const;
  const experts = mixture(keys, own.inputSize, by, { sharedSize });
  const layers = stack(keys.whole("num_hidden_layers", 32), norm, attention, experts);
  return decoder(keys, { norm, layers, vocab: 32000, maxTokens: 2048 });
}
