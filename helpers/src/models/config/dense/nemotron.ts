import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { layerNorm } from "./decoder.ts";
import { llamaBiases } from "./llama.ts";
import { rotary } from "./rotary.ts";

/** Nemotron-4 and Minitron: LayerNorm with biases, two matrices. */
export const nemotron = (keys: ConfigKeys): ReadModel =>
  rotary(keys, {
    standard: { hidden: 6144, inner: 24576, layers: 32, heads: 48, vocab: 256000, tokens: 4096 },
    biases: llamaBiases(keys),
    norm: layerNorm,
    matrices: 2,
  });
