import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { llamaBiases, windowOf } from "./llama.ts";
import { perHead, type RotaryFamily, rotary, type Standard } from "./rotary.ts";

const standard: Standard = {
  hidden: 2304,
  inner: 9216,
  layers: 26,
  heads: 8,
  kvHeads: 4,
  headSize: 256,
  vocab: 256000,
  tokens: 8192,
  tied: true,
};

/** Gemma 1: a head's width of its own, tied. */
export const gemma = (keys: ConfigKeys): ReadModel =>
  gemmaLike(keys, {
    standard: { ...standard, hidden: 3072, inner: 24576, layers: 28, heads: 16, kvHeads: 16 },
  });

/** Gemma 2: norms on both sides; a window in every other layer. */
export function gemma2(keys: ConfigKeys): ReadModel {
  const window = windowOf(keys, 4096);
  return gemmaLike(keys, {
    standard,
    norms: "both sides",
    spans: (nLayers) => readSpans(keys, nLayers, window, (layer) => layer % 2 === 0),
  });
}

/** Gemma 3, its text model: norms of queries and keys; every sliding_window_pattern-th layer sees everything. */
export function gemma3(keys: ConfigKeys): ReadModel {
  const window = windowOf(keys, 4096);
  const pattern = keys.whole(["sliding_window_pattern", "_sliding_window_pattern"], 6);
  return gemmaLike(keys, {
    standard: { ...standard, vocab: 262208, tokens: 131072 },
    norms: "both sides",
    attention: perHead,
    spans: (nLayers) => readSpans(keys, nLayers, window, (layer) => (layer + 1) % pattern !== 0),
  });
}

function gemmaLike(keys: ConfigKeys, family: RotaryFamily): ReadModel {
  const { qkv, output } = llamaBiases(keys);
  return rotary(keys, { ...family, biases: { qkv, output } });
}
