import type { Block } from "../../blocks/Block.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { readSpans } from "../spans.ts";
import { rmsNorm } from "./decoder.ts";
import { windowOf } from "./llama.ts";
import { perHead, type RotaryFamily, rotary, type Standard } from "./rotary.ts";

const standard: Standard = {
  hidden: 4096,
  inner: 22016,
  layers: 32,
  heads: 32,
  kvHeads: 32,
  vocab: 151936,
  tokens: 32768,
};

/** Qwen 1: intermediate_size counts the two matrices that go in together; biases of queries, keys and values. */
export function qwen(keys: ConfigKeys): ReadModel {
  const bias = !keys.flag("no_bias", true);
  const both = keys.whole(["intermediate_size", "ffn_hidden_size"], 22016);
  if (both % 2 !== 0) {
    throw new RangeError(
      `intermediate_size counts two matrices in this family and must be even, got ${both}; fix the configuration`,
    );
  }
  return rotary(keys, {
    standard: { ...standard, tokens: 8192 },
    biases: { qkv: true, output: bias, feedForward: bias },
    innerSize: () => both / 2,
    headKeys: { kvHeads: "", headSize: "kv_channels", standardHeadSize: 128 },
  });
}

/** Qwen 1.5, 2 and 2.5: biases of queries, keys and values that no key announces. */
export function qwen2(keys: ConfigKeys): ReadModel {
  // The biases are there, whatever a file says of them.
  keys.ignore("attention_bias", "qkv_bias");
  return rotary(keys, { standard, biases: { qkv: true }, spans: qwenSpans(keys) });
}

/** Qwen 3: norms of each head's queries and keys in place of the biases. */
export function qwen3(keys: ConfigKeys): ReadModel {
  const bias = keys.flag("attention_bias", false);
  return rotary(keys, {
    standard: { ...standard, headSize: 128 },
    biases: { qkv: bias, output: bias },
    attention: perHead,
    spans: qwenSpans(keys),
  });
}

/** MiMo: Qwen 2 with modules that predict further tokens. */
export function mimo(keys: ConfigKeys): ReadModel {
  const model = qwen2(keys);
  const modules = keys.whole("num_nextn_predict_layers", 0, 0);
  const { hiddenSize } = model;
  const norm = rmsNorm(hiddenSize);
  const join: Block = {
    kind: "other",
    name: "input-projection",
    tensors: linear("input-projection", hiddenSize, 2 * hiddenSize, "none"),
  };
  const [first] = model.layers;
  const layer = { blocks: [norm, norm, join, ...(first?.blocks ?? []), norm] };
  return { ...model, prediction: Array(modules).fill(layer) };
}

/** Windows only if use_sliding_window, and from layer max_window_layers on. */
export function qwenSpans(keys: ConfigKeys): NonNullable<RotaryFamily["spans"]> {
  const given = windowOf(keys, 4096);
  const window = keys.flag("use_sliding_window", false) ? given : undefined;
  const from = keys.whole("max_window_layers", 28, 0);
  return (nLayers) => readSpans(keys, nLayers, window, (layer) => layer >= from);
}
