import { alike } from "../alike.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { wideNormAttention } from "../pieces/wideNormAttention.ts";

/** FlexOlmo: OLMo 2 with experts; norms behind attention and mixture. */
export function flexOlmo(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const attention = wideNormAttention(keys, own);
  const experts = mixture(keys, own.inputSize, {
    count: [expertCount, 7],
    perToken: ["num_experts_per_tok", 5],
    size: ["intermediate_size", 11008],
  });
  const count = keys.whole("num_hidden_layers", 32);
  const layers = alike(count, () => [attention, norm, experts, norm]);
  return decoder(keys, { norm, layers, vocab: 100352, maxTokens: 4096 });
}
