import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { layerNorm } from "./decoder.ts";
import { llamaBiases, windowOf } from "./llama.ts";
import { overHeads, rotary } from "./rotary.ts";

/** StableLM: LayerNorm with biases, one a layer where the residual is parallel; norms of every head of its own. */
export function stableLm(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: { hidden: 2560, inner: 6912, layers: 32, heads: 32, kvHeads: 32, vocab: 50304, tokens: 4096 },
    biases: { qkv: keys.flag("use_qkv_bias", false) },
    norm: layerNorm,
    norms: keys.flag("use_parallel_residual", false) ? "one" : "before",
    headKeys: { headSize: "" },
    ...(keys.flag("qk_layernorm", false) && { attention: overHeads }),
  });
}

/** StarCoder 2: LayerNorm, one switch for all biases, two matrices, tied. */
export function starCoder2(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("use_bias", true);

  return rotary(keys, {
    standard: {
      hidden: 3072,
      inner: 12288,
      layers: 30,
      heads: 24,
      kvHeads: 2,
      vocab: 49152,
      tokens: 4096,
      tied: true,
    },
    biases: { qkv: bias, output: bias, feedForward: bias },
    norm: layerNorm,
    matrices: 2,
    spans: (nLayers) => readSpans(keys, nLayers, windowOf(keys)),
  });
}

/** Nemotron-4 and Minitron: LayerNorm with biases, two matrices. */
export const nemotron = (keys: ConfigKeys): ReadModel =>
  rotary(keys, {
    standard: { hidden: 6144, inner: 24576, layers: 32, heads: 48, vocab: 256000, tokens: 4096 },
    biases: llamaBiases(keys),
    norm: layerNorm,
    matrices: 2,
  });
