import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { rotary, type Standard } from "./rotary.ts";

const standard: Standard = {
  hidden: 4096,
  inner: 11008,
  layers: 32,
  heads: 32,
  vocab: 32000,
  tokens: 2048,
};

/** Biases under the names of Llama: attention_bias at all four projections, mlp_bias at all three. */
export function llamaBiases(keys: ConfigKeys) {
  const attention = keys.flag("attention_bias", false);
  return { qkv: attention, output: attention, feedForward: keys.flag("mlp_bias", false) };
}

/** Llama 1 to 3, and what is published under its name: Yi, DeepSeek LLM, SmolLM 1 and 2, TinyLlama, Solar. */
export const llama = (keys: ConfigKeys): ReadModel => rotary(keys, { standard, biases: llamaBiases(keys) });

/** Granite 3: Llama with multipliers. */
export const granite = llama;

/** Mistral and Codestral: Llama without biases, with a window in every layer unless it is null. */
export function mistral(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: { ...standard, inner: 14336, kvHeads: 8, tokens: 131072 },
    spans: (nLayers) => readSpans(keys, nLayers, windowOf(keys, 4096)),
  });
}

/** Ministral 8B: windows where layer_types says so, otherwise in every layer. */
export const ministral = mistral;

/** Ministral 3. */
export function ministral3(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: {
      ...standard,
      inner: 14336,
      layers: 34,
      kvHeads: 8,
      headSize: 128,
      vocab: 131072,
      tokens: 262144,
    },
    spans: (nLayers) => readSpans(keys, nLayers, windowOf(keys)),
  });
}

/** SmolLM3: every fourth layer without rotary positions, and with the window if there is one. */
export function smolLm3(keys: ConfigKeys): ReadModel {
  const interval = keys.whole("no_rope_layer_interval", 4);
  const rotates = keys.list("no_rope_layers", (value) => value !== 0 && value !== false);
  const windowed = keys.flag("use_sliding_window", false);
  const window = windowOf(keys);
  return rotary(keys, {
    standard: {
      hidden: 2048,
      inner: 11008,
      layers: 36,
      heads: 16,
      kvHeads: 4,
      vocab: 128256,
      tokens: 32768,
      tied: true,
    },
    biases: llamaBiases(keys),
    spans: (nLayers) => {
      if (rotates && rotates.length !== nLayers) {
        throw new RangeError(
          `no_rope_layers must name ${nLayers} layers, got ${rotates.length}; fix the configuration`,
        );
      }
      const has = (layer: number) => rotates?.[layer] ?? (layer + 1) % interval !== 0;
      return readSpans(keys, nLayers, windowed ? window : undefined, (layer) => !has(layer));
    },
  });
}

/** Arcee (AFM 4.5B): Llama with two matrices. */
export const arcee = (keys: ConfigKeys): ReadModel =>
  rotary(keys, {
    standard: { ...standard, hidden: 2560, inner: 18432, tokens: 4096 },
    biases: llamaBiases(keys),
    matrices: 2,
  });

/** Helium: no bias behind attention. */
export function helium(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: {
      hidden: 2560,
      inner: 7040,
      layers: 24,
      heads: 20,
      kvHeads: 20,
      headSize: 128,
      vocab: 48000,
      tokens: 4096,
    },
    biases: { ...llamaBiases(keys), output: false },
    attention: ({ nHeads, keySize }) => {
      const hiddenSize = keys.whole("hidden_size", 2560);
      if (nHeads * keySize === hiddenSize) return {};
      throw new RangeError(
        `num_attention_heads × head_dim must be hidden_size ${hiddenSize} in this family, got ${nHeads} × ${keySize}`,
      );
    },
  });
}

/** ERNIE 4.5, dense: one switch for all biases. */
export function ernie(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("use_bias", false);
  keys.ignore("compression_ratio", "weight_share_add_bias");
  return rotary(keys, {
    standard: {
      hidden: 1024,
      inner: 3072,
      layers: 18,
      heads: 16,
      kvHeads: 2,
      headSize: 128,
      vocab: 103424,
      tokens: 131072,
      tied: true,
    },
    biases: { qkv: bias, output: bias, feedForward: bias },
  });
}

/** Seed-OSS: biases of queries, keys and values, and one of its own behind attention. */
export function seedOss(keys: ConfigKeys): ReadModel {
  return rotary(keys, {
    standard: {
      hidden: 4096,
      inner: 27648,
      layers: 64,
      heads: 80,
      kvHeads: 8,
      headSize: 128,
      vocab: 155136,
      tokens: 524288,
    },
    biases: {
      qkv: keys.flag("attention_bias", true),
      output: keys.flag("attention_out_bias", false),
      feedForward: keys.flag("mlp_bias", false),
    },
  });
}

/** sliding_window: `standard` where it is absent, none where it is null. */
export function windowOf(keys: ConfigKeys, standard?: number): number | undefined {
  if (keys.has("sliding_window")) return keys.whole("sliding_window");
  return keys.isNull("sliding_window") ? undefined : standard;
}
