import type { NormBlock } from "../../blocks/Norm.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { firstOlmo } from "./firstOlmo.ts";
import { llamaBiases, windowOf } from "./llama.ts";
import { overHeads, rotary, type Standard } from "./rotary.ts";

const standard: Standard = {
  hidden: 4096,
  inner: 11008,
  layers: 32,
  heads: 32,
  vocab: 50304,
  tokens: 2048,
};

/** OLMo 1: norms without weights; its own code has other key names. */
export const olmo = (keys: ConfigKeys): ReadModel =>
  keys.has("d_model")
    ? firstOlmo(keys)
    : rotary(keys, { standard, biases: attentionBiases(keys), norm: withoutWeights });

/** OLMo 2: norms behind attention and feed-forward, and of all queries and keys together. */
export const olmo2 = (keys: ConfigKeys): ReadModel =>
  rotary(keys, { standard, biases: attentionBiases(keys), norms: "behind", attention: overHeads });

/** OLMo 3: OLMo 2 with windows but in every fourth layer. */
export function olmo3(keys: ConfigKeys): ReadModel {
  const window = windowOf(keys, 4096);
  return rotary(keys, {
    standard,
    biases: attentionBiases(keys),
    norms: "behind",
    attention: overHeads,
    spans: (nLayers) => readSpans(keys, nLayers, window, (layer) => (layer + 1) % 4 !== 0),
  });
}

function attentionBiases(keys: ConfigKeys) {
  const { qkv, output } = llamaBiases(keys);
  return { qkv, output };
}

const withoutWeights = (size: number): NormBlock => ({ kind: "norm", size, weight: false });
