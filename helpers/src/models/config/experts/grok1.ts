import type { Block } from "../../blocks/Block.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";

/**
 * Grok-1: norms before and behind both attention and mixture; the output is the token table.
 *
 * Source: xai-org/grok-1, model.py and run.py.
 */
export function grok1(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 6144, heads: 48, kvHeads: 8 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const attention: Block = { kind: "attention", ...own, span: full };
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 8],
    perToken: ["num_experts_per_tok", 2],
    size: ["intermediate_size", 32768],
  });
  keys.ignore("attn_output_multiplier");
  const count = keys.whole("num_hidden_layers", 64);
  const layers = alike(count, () => [norm, attention, norm, norm, experts, norm]);
  return decoder(keys, { norm, layers, vocab: 131072, maxTokens: 8192, tied: true });
}
