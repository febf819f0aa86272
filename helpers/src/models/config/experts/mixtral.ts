import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Mixtral: a Mistral whose feed-forward is a mixture in every layer. */
export function mixtral(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 8 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const attention: Block = { kind: "attention", ...own, span: windowed(keys) };
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 8],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 14336],
  });
  const layers = stack(keys.whole("num_hidden_layers", 32), norm, attention, experts);
  return decoder(keys, { norm, layers, vocab: 32000, maxTokens: 131072 });
}
