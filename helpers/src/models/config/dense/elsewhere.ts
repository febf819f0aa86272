import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { layerNorm } from "./decoder.ts";
import { llamaBiases } from "./llama.ts";
import { rotary, type Standard } from "./rotary.ts";

// Families whose code stands beside their weights, built like Llama but for a few keys.

const standard: Standard = {
  hidden: 4096,
  inner: 11008,
  layers: 32,
  heads: 32,
  vocab: 32000,
  tokens: 4096,
};

/** Baichuan 1 and 2: every head has its own key and value; ALiBi in the 13B. */
export function baichuan(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: { ...standard, vocab: 125696 },
    headKeys: { kvHeads: "", headSize: "" },
  });
}

/** EXAONE 3 and 3.5. */
export function exaone(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("hidden_size", 2048);
  return rotary(keys, {
    standard: { ...standard, hidden: 2048, inner: 4 * hiddenSize, vocab: 102400, tokens: 2048, tied: true },
    layerKeys: ["num_layers", "num_hidden_layers"],
  });
}

/** InternLM 1: one switch for the biases of attention. */
export function internLm(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("bias", true);
  return rotary(keys, { standard: { ...standard, vocab: 103168 }, biases: { qkv: bias, output: bias } });
}

/** InternLM 2 and 2.5. */
export function internLm2(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("bias", true);
  return rotary(keys, { standard: { ...standard, vocab: 103168 }, biases: { qkv: bias, output: bias } });
}

/** InternLM 3: qkv_bias of its own. */
export function internLm3(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("bias", false);
  return rotary(keys, {
    standard: { ...standard, vocab: 128512, tokens: 32768 },
    biases: { qkv: keys.flag("qkv_bias", false), output: bias, feedForward: bias },
  });
}

/** MiniCPM 1, 2 and 4, and the mixture of MiniCPM-MoE-8x2B: tied unless it says otherwise. */
export function miniCpm(keys: ConfigKeys): ReadModel {
  const nExperts = keys.whole("num_experts", 0, 0);
  // Which cached blocks a layer of MiniCPM 4 looks at; it has no weights.
  keys.ignore("sparse_config");
  return rotary(keys, {
    standard: { ...standard, tokens: 2048, tied: true },
    biases: { ...llamaBiases(keys), feedForward: false },
    feedForward: (block) =>
      nExperts === 0
        ? [block]
        : [{ ...block, kind: "experts", nExperts, perToken: keys.whole("num_experts_per_tok", 2) }],
  });
}

/** Orion: LayerNorm with biases. */
export const orion = (keys: ConfigKeys): ReadModel =>
  rotary(keys, { standard: { ...standard, vocab: 84608 }, norm: layerNorm });

/** XVERSE. */
export const xverse = (keys: ConfigKeys): ReadModel =>
  rotary(keys, {
    standard: { ...standard, hidden: 5120, inner: 13824, layers: 40, heads: 40, vocab: 100278, tokens: 8192 },
  });
