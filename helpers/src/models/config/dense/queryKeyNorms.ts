import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { llamaBiases, windowOf } from "./llama.ts";
import { perHead, rotary } from "./rotary.ts";

/** Apertus: two matrices, whose activation xIELU has two trained values a layer. */
export function apertus(keys: ConfigKeys): ReadModel {
  keys.ignore("qk_norm", "post_norm");
  const learned: Block[] =
    keys.text("hidden_act", "xielu") === "xielu"
      ? [
          {
            kind: "other",
            name: "activation",
            tensors: [{ name: "alpha", shape: [1], copies: 2, role: "vector", split: "none" }],
          },
        ]
      : [];
  return rotary(keys, {
    standard: { hidden: 4096, inner: 14336, layers: 32, heads: 32, vocab: 131072, tokens: 65536 },
    biases: { ...llamaBiases(keys), feedForward: false },
    matrices: 2,
    attention: perHead,
    feedForward: (block) => [block, ...learned],
  });
}

/** EXAONE 4: norms behind attention and feed-forward, windows but in every sliding_window_pattern-th layer. */
export function exaone4(keys: ConfigKeys): ReadModel {
  const window = windowOf(keys, 4096);
  // "LLLG" of the 32B says the same as 4: windows (local) and one layer that sees everything (global).
  const given = keys.raw("sliding_window_pattern");
  const pattern =
    typeof given === "string"
      ? given.length
      : keys.whole("sliding_window_pattern", 4, window === undefined ? 0 : 1);
  return rotary(keys, {
    standard: { hidden: 4096, inner: 16384, layers: 32, heads: 32, vocab: 102400, tokens: 2048 },
    norms: "behind",
    attention: perHead,
    spans: (nLayers) => readSpans(keys, nLayers, window, (layer) => (layer + 1) % pattern !== 0),
  });
}

/** Hunyuan, dense. */
export function hunyuan(keys: ConfigKeys): ReadModel {
  const { qkv, output } = llamaBiases(keys);
  // What the configuration shares with the mixtures of the family; its class builds none of it.
  keys.ignore(
    ...["use_qk_norm", "use_cla", "attention_head_dim", "num_experts", "moe_topk", "num_shared_expert"],
    ...["anyres_pooling_size", "num_media_embeds", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"],
  );
  return rotary(keys, {
    standard: { hidden: 4096, inner: 11008, layers: 32, heads: 32, vocab: 290943, tokens: 2048 },
    biases: { qkv, output },
    attention: perHead,
  });
}
