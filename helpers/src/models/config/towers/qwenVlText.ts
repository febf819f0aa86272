import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { layerKinds } from "../pieces/layerKinds.ts";
import { full, windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

const names = { sliding_attention: "window", full_attention: "full" } as const;

/** The text model of Qwen2-VL and Qwen2.5-VL: biases of queries, keys and values. */
export function qwen2VlText(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 8192, heads: 64, kvHeads: 8 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const windows = keys.flag("use_sliding_window", false);
  const window = windowed(keys, "sliding_window", 4096);
  const far: Block = { kind: "attention", ...own, span: full, biases: biased(true, false) };
  const near: Block = { ...far, span: windows ? window : full };
  const inner = gated(own.inputSize, keys.whole("intermediate_size", 29568));
  const count = keys.whole("num_hidden_layers", 80);
  const first = keys.whole("max_window_layers", 80, 0);
  const kinds = layerKinds(keys, "layer_types", count, names, (i) => (i >= first ? "window" : "full"));
  const layers = stack(count, norm, (i) => (kinds[i] === "window" ? near : far), inner);
  return decoder(keys, { norm, layers, vocab: 152064, maxTokens: 32768 });
}

/** The text model of Qwen3-VL: a norm a head of queries and keys. */
export function qwen3VlText(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32, kvHeads: 32, headSize: 128 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const biases = biased(keys.flag("attention_bias", false));
  const attention: Block = {
    kind: "attention",
    ...own,
    span: full,
    biases,
    queryNorm: headNorm,
    keyNorm: headNorm,
  };
  const inner = gated(own.inputSize, keys.whole("intermediate_size", 22016));
  const layers = stack(keys.whole("num_hidden_layers", 32), norm, attention, inner);
  return decoder(keys, { norm, layers, vocab: 151936, maxTokens: 128000 });
}
