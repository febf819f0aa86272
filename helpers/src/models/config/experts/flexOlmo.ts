import type { Block } from "../../blocks/Block.ts";
import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";

/** FlexOlmo: OLMo 2 with experts; norms behind attention and mixture. */
export function flexOlmo(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const attention: Block = {
    kind: "attention",
    ...own,
    span: full,
    biases: biased(keys.flag("attention_bias", false)),
    queryNorm: { kind: "norm", size: own.nHeads * own.keySize },
    keyNorm: { kind: "norm", size: own.nKvHeads * own.keySize },
  };
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 7],
    perToken: ["num_experts_per_tok", 5],
    size: ["intermediate_size", 11008],
  });
  const count = keys.whole("num_hidden_layers", 32);
  const layers = alike(count, () => [attention, norm, experts, norm]);
  return decoder(keys, { norm, layers, vocab: 100352, maxTokens: 4096 });
}
