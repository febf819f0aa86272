import type { ConfigKeys } from "../ConfigKeys.ts";

/** Heads of an attention layer, as its block takes them. */
export interface Heads {
  readonly inputSize: number;
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly keySize: number;
}

/**
 * Heads by the usual keys. `num_key_value_heads: null` means as many as there are heads, and `head_dim: null`
 * hidden_size/heads, whatever the class supplies where the key is absent.
 */
export function heads(
  keys: ConfigKeys,
  standard: {
    readonly hidden: number;
    readonly heads: number;
    readonly kvHeads?: number;
    readonly headSize?: number;
  },
): Heads {
  const inputSize = keys.whole("hidden_size", standard.hidden);
  const nHeads = keys.whole("num_attention_heads", standard.heads);
  const kvHeads = keys.isNull("num_key_value_heads") ? undefined : standard.kvHeads;
  const headSize = keys.isNull("head_dim") ? undefined : standard.headSize;
  return {
    inputSize,
    nHeads,
    nKvHeads: keys.whole("num_key_value_heads", kvHeads ?? nHeads),
    keySize: keys.whole("head_dim", headSize ?? Math.floor(inputSize / nHeads)),
  };
}
