import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { decoder, rmsNorm } from "./decoder.ts";

/** OpenELM: widths that grow from layer to layer, by multipliers of which the first and the last are given. */
export function openElm(keys: ConfigKeys): ReadModel {
  const hiddenSize = keys.whole("model_dim", 2048);
  const nLayers = keys.whole("num_transformer_layers", 12);
  const keySize = keys.whole("head_dim", 128);
  const groups = keys.whole("num_gqa_groups", 1);
  const divisor = keys.whole("ffn_dim_divisor", 256);
  const normed = keys.flag("normalize_qk_projections", false);
  const matrices = keys.flag("ffn_with_glu", true) ? 3 : 2;
  const heads = multipliers(keys, "qkv_multipliers", 1, nLayers).map(
    (times) => divisible(hiddenSize * times, keySize * groups) / keySize,
  );
  const listed = listOfHeads(keys, nLayers) ?? heads;
  // What follows from the heads, and the configuration writes down besides.
  keys.ignore("num_kv_heads");
  const norm = rmsNorm(hiddenSize);
  const inner = multipliers(keys, "ffn_multipliers", 4, nLayers);
  const layers = inner.map((times, i): Block[] => {
    const nHeads = listed[i]!;
    if (nHeads % groups !== 0) {
      throw new RangeError(`num_gqa_groups ${groups} must divide the ${nHeads} heads of layer ${i}`);
    }
    const attention: AttentionBlock = {
      kind: "attention",
      inputSize: hiddenSize,
      nHeads,
      nKvHeads: nHeads / groups,
      keySize,
      span: { kind: "full" },
      ...(normed && { queryNorm: rmsNorm(keySize), keyNorm: rmsNorm(keySize) }),
    };
    const size = divisible(hiddenSize * times, divisor);
    return [norm, attention, norm, { kind: "feed-forward", inputSize: hiddenSize, size, matrices }];
  });
  return decoder({
    hiddenSize,
    vocabSize: keys.whole("vocab_size", 32000),
    maxTokens: keys.whole("max_context_length", 2048),
    layers,
    beforeHead: [norm],
    tied: keys.flag("share_input_output_layers", false),
  });
}

/** A multiplier a layer: one for all, or a line from the first to the last, in hundredths. */
function multipliers(keys: ConfigKeys, key: string, standard: number, nLayers: number): number[] {
  if (!Array.isArray(keys.raw(key))) return Array(nLayers).fill(keys.number(key, standard));
  const given = keys.list(key, (value) => {
    if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
    throw new RangeError(`${keys.name(key)} must hold positive numbers`);
  })!;
  if (given.length === nLayers) return given;
  if (given.length !== 2) {
    throw new RangeError(
      `${keys.name(key)} must hold 2 numbers or ${nLayers}, one a layer, got ${given.length}`,
    );
  }
  const [first = 0, last = 0] = given;
  const step = nLayers > 1 ? (last - first) / (nLayers - 1) : 0;
  return Array.from({ length: nLayers }, (_, i) => Number((first + i * step).toFixed(2)));
}

function listOfHeads(keys: ConfigKeys, nLayers: number): number[] | undefined {
  const heads = keys.list("num_query_heads", (value) => {
    if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
    throw new RangeError("num_query_heads must hold whole numbers of at least 1");
  });
  if (heads && heads.length !== nLayers) {
    throw new RangeError(`num_query_heads must name ${nLayers} layers, got ${heads.length}`);
  }
  return heads;
}

/** The multiple of `divisor` next to a value, and not less than nine tenths of it. */
function divisible(value: number, divisor: number): number {
  const near = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return near < 0.9 * value ? near + divisor : near;
}
