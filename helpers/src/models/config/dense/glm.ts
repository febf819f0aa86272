import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { type RotaryFamily, rotary } from "./rotary.ts";

/** GLM-4 (9B) as the library holds it: biases of queries, keys and values, none behind attention. */
export const glm = (keys: ConfigKeys): ReadModel => glmLike(keys, "before");

/** GLM-4-0414: norms on both sides. */
export const glm4 = (keys: ConfigKeys): ReadModel => glmLike(keys, "both sides");

function glmLike(keys: ConfigKeys, norms: RotaryFamily["norms"] & string): ReadModel {
  return rotary(keys, {
    standard: {
      hidden: 4096,
      inner: 13696,
      layers: 40,
      heads: 32,
      kvHeads: 2,
      headSize: 128,
      vocab: 151552,
      tokens: 131072,
    },
    norms,
    biases: { qkv: keys.flag("attention_bias", true) },
  });
}
