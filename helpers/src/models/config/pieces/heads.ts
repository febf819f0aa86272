import type { ConfigKeys } from "../ConfigKeys.ts";
import { type Heads as OwnHeads, readHeads } from "../heads.ts";

/** Heads of an attention layer, as its block takes them, with the width of the model. */
export interface Heads extends OwnHeads {
  readonly inputSize: number;
}

/**
 * Heads by the usual keys, and the width of the model beside them. Where no width of a head is given and heads do not
 * divide the hidden size, the quotient is cut, as the classes do (GLM 4.5 names 96 heads of 4096 that way).
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
  const own = readHeads(keys, {
    hiddenSize: inputSize,
    standardHeads: standard.heads,
    standardKvHeads: standard.kvHeads,
    standardHeadSize: standard.headSize ?? Math.max(1, Math.floor(inputSize / nHeads)),
  });
  return { inputSize, ...own };
}
