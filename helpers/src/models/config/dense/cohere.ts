import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { llamaBiases, windowOf } from "./llama.ts";
import { overHeads, rotary, type Standard } from "./rotary.ts";

const standard: Standard = {
  hidden: 8192,
  inner: 22528,
  layers: 40,
  heads: 64,
  vocab: 256000,
  tokens: 8192,
  tied: true,
};

/** Command-R and Aya: one norm a layer, tied; norms of queries and keys in Command-R+. */
export function cohere(keys: ConfigKeys): ReadModel {
  const { qkv, output } = llamaBiases(keys);
  return rotary(keys, {
    standard,
    norms: "one",
    biases: { qkv, output },
    ...(keys.flag("use_qk_norm", false) && { attention: overHeads }),
  });
}

/** Command-R7B and Command-A: windows but in every fourth layer. */
export function cohere2(keys: ConfigKeys): ReadModel {
  const { qkv, output } = llamaBiases(keys);
  const window = windowOf(keys, 4096);
  const pattern = keys.whole(["sliding_window_pattern", "layer_switch"], 4);
  return rotary(keys, {
    standard,
    norms: "one",
    biases: { qkv, output },
    spans: (nLayers) => readSpans(keys, nLayers, window, (layer) => (layer + 1) % pattern !== 0),
  });
}
