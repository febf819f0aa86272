import type { AttentionSpan } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { expertCount, mixture } from "../pieces/mixture.ts";
import { full, windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

const names = { sliding_attention: "window", full_attention: "full" } as const;

/** gpt-oss: biases in experts and router, a sink a head, every other layer with a window. */
export function gptOss(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 2880, heads: 64, kvHeads: 8, headSize: 64 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const biases = biased(keys.flag("attention_bias", true));
  const attend = (span: AttentionSpan): Block => ({ kind: "attention", ...own, span, biases, sinks: true });
  const near = attend(windowed(keys, "sliding_window", 128));
  const far = attend(full);
  const count = keys.whole("num_hidden_layers", 36);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) => (i % 2 === 0 ? "window" : "full"));
  const by = {
    count: [expertCount, 128],
    perToken: [["num_experts_per_tok", "experts_per_token"], 4],
    size: ["intermediate_size", 2880],
  } as const;
  const experts = mixture(keys, own.inputSize, by, {
    routerBias: true,
    biases: { up: true, down: true },
  });
  const layers = stack(count, norm, (i) => (kinds[i] === "window" ? near : far), experts);
  return decoder(keys, { norm, layers, vocab: 201088, maxTokens: 131072 });
}
